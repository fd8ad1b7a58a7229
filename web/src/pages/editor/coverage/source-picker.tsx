// Whose records the rule is judged on: those in its stage, all of the CRM, or a file of the user's.

import type { Signal } from "@preact/signals";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Source } from "../../../core/crowd-protocol";
import { forgetFile, keepFile, keptFile, type KeptFile } from "../../../state/kept-file";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";

interface SourcePickerProps {
  readonly source: Signal<Source>;
  readonly entity: string;
}

type Kind = Source["kind"];

export function SourcePicker({ source, entity }: SourcePickerProps) {
  const [kept, setKept] = useState<KeptFile | null>(null);
  const stage = useRef(source.peek());
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    void keptFile("records").then(setKept);
  }, []);
  useEffect(() => {
    if (source.value.kind === "stage") stage.current = source.value;
  }, [source.value]);

  const choose = (kind: string): void => {
    if (kind === "stage") source.value = stage.current;
    if (kind === "all") source.value = { kind: "all", entity };
    if (kind === "file" && kept) source.value = { kind: "file", ...kept };
    if (kind === "load") input.current?.click();
    if (kind === "forget") {
      void forgetFile("records");
      setKept(null);
      source.value = stage.current;
    }
  };
  const load = (file: File | undefined): void => {
    if (!file) return;
    void keepFile("records", file).then((each) => {
      setKept(each);
      source.value = { kind: "file", ...each };
    });
  };
  const options: { value: Kind | "load" | "forget"; text: string }[] = [
    { value: "stage", text: t("source.stage") },
    { value: "all", text: t("source.all") },
    ...(kept ? [{ value: "file" as const, text: kept.name }] : []),
    { value: "load", text: t("source.load") },
    ...(kept ? [{ value: "forget" as const, text: t("source.forget", { name: kept.name }) }] : []),
  ];
  const { kind } = source.value;
  return (
    <>
      <Choice label={t("source.label")} value={kind} options={options} onChange={choose} />
      <input
        ref={input}
        type="file"
        class="hidden-text"
        accept=".ndjson,.jsonl,application/x-ndjson"
        aria-label={t("source.load")}
        tabIndex={-1}
        onChange={(event) => load(event.currentTarget.files?.[0])}
      />
    </>
  );
}
