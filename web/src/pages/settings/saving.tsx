// Saving the workspace: what is wrong stands under its field, and the first of them has the focus; where somebody else was
// quicker, nothing is overwritten and theirs can be taken.

import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { isConflict, Problem, problemText } from "../../api/http";
import { writeWorkspace } from "../../api/settings";
import type { JsonObject } from "../../core/types";
import { loadCatalogue } from "../../state/catalogue";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { refusedFields, type FaultTexts } from "./faults";

export interface Saving {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly faults: FaultTexts;
  /** What is wrong that no field can say. */
  readonly fault: string;
  readonly conflict: boolean;
  /** `wrong`: what the form itself found; then nothing is sent. */
  readonly save: (wrong: FaultTexts, workspace: JsonObject) => void;
}

interface Outcome {
  readonly faults: FaultTexts;
  readonly fault: string;
  readonly conflict: boolean;
}

const FINE: Outcome = { faults: {}, fault: "", conflict: false };

export function useSaving(
  etag: string | null,
  hasField: (path: string) => boolean,
  done: () => void,
): Saving {
  const form = useRef<HTMLFormElement>(null);
  const [outcome, setOutcome] = useState(FINE);
  const { faults } = outcome;
  useEffect(() => {
    if (Object.keys(faults).length > 0)
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [faults]);
  const refuse = (error: unknown): void => {
    const refused = error instanceof Problem ? refusedFields(error, hasField) : {};
    const isSaid = Object.keys(refused).length > 0;
    const conflict = isConflict(error);
    setOutcome({ faults: refused, fault: isSaid || conflict ? "" : problemText(error), conflict });
  };
  const save = (wrong: FaultTexts, workspace: JsonObject): void => {
    setOutcome({ ...FINE, faults: wrong });
    if (Object.keys(wrong).length > 0) return;
    writeWorkspace(workspace, etag).then(() => {
      announce(t("settings.saved"));
      done();
      void loadCatalogue(); // every page judges by it
    }, refuse);
  };
  return { form, ...outcome, save };
}

interface SavingNotesProps {
  readonly saving: Saving;
  readonly reload: () => void;
}

export function SavingNotes({ saving: { faults, fault, conflict }, reload }: SavingNotesProps) {
  const count = Object.keys(faults).length;
  if (conflict) {
    return (
      <div role="alert" class="provider-form">
        <p class="bad">{t("settings.elsewhere")}</p>
        <button type="button" class="button" onClick={reload}>
          {t("settings.takeTheirs")}
        </button>
      </div>
    );
  }
  const text = count > 0 ? t("settings.wrongFields", { n: count }) : fault;
  return text === "" ? null : (
    <p class="bad" role="alert">
      {text}
    </p>
  );
}
