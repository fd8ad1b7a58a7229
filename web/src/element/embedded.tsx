// The editor with everything an element gives it.

import type { ReadonlySignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Snapshot } from "../core/types";
import type { Draft } from "../pages/editor/draft";
import type { EditorHost } from "../pages/editor/host";
import { Workbench } from "../pages/editor/workbench";
import { currentLocale, t } from "../text";
import { Announcements } from "../ui/announce";
import { catalogueOf, crowdOf, samplesOf, type Given } from "./inputs";

export interface EmbeddedProps {
  readonly draft: ReadonlySignal<Draft | null>;
  readonly given: ReadonlySignal<Given>;
  readonly snapshots: ReadonlySignal<readonly Snapshot[]>;
  readonly record: ReadonlySignal<string>;
  /** Name of the attribute that is no JSON. */
  readonly fault: ReadonlySignal<string>;
  readonly host: EditorHost;
}

export function Embedded({ draft, given, snapshots, record, fault, host }: EmbeddedProps) {
  const [now, list, open] = [given.value, snapshots.value, draft.value];
  const entity = open?.rule.value.on.entity ?? "";
  const known = useMemo(() => catalogueOf(now, open?.rule.peek() ?? null), [now, open]);
  const samples = useMemo(() => samplesOf(list, entity), [list, entity]);
  const crowd = useMemo(() => crowdOf(samples.map(({ snapshot }) => snapshot)), [samples]);
  return (
    <div class="recado" lang={currentLocale()}>
      {fault.value === "" ? null : (
        <p class="card core-fault" role="alert">
          {t("element.notJson", { name: fault.value })}
        </p>
      )}
      {open ? (
        <Workbench
          key={open}
          draft={open}
          samples={samples}
          record={record.value === "" ? undefined : record.value}
          known={known}
          host={host}
          crowd={crowd}
        />
      ) : null}
      <Announcements />
    </div>
  );
}
