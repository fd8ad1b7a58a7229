// Name, state and the two ways of saving.

import type { ComponentChildren } from "preact";
import type { Analysis } from "../../core/protocol";
import { errorsOf, ruleState } from "../../rule/state";
import { t } from "../../text";
import { StatePill } from "../../ui/state-pill";
import type { Draft, SaveState } from "./draft";

/** What became of saving; "" while there is nothing to say. */
export function saveWords(state: SaveState): string {
  switch (state.kind) {
    case "idle":
    case "conflict":
      return "";
    case "saving":
      return t("editor.saving");
    case "saved":
      return t("editor.saved");
    case "waiting":
      return t("editor.waiting");
    case "published":
      return t("editor.published");
    case "held":
      return t("editor.faultsFirst", { n: state.faults });
    case "failed":
      return t("editor.failed", { message: state.message });
  }
}

interface TopBarProps {
  readonly draft: Draft;
  readonly analysis: Analysis | null;
  readonly readOnly: boolean;
  readonly children?: ComponentChildren;
  readonly review: () => void;
}

export function TopBar({ draft, analysis, readOnly, children, review }: TopBarProps) {
  const rule = draft.rule.value;
  const state = draft.saveState.value;
  const saving = state.kind === "saving";
  const dirty = draft.dirty.value;
  const said = saveWords(state) || (dirty ? t("editor.unsaved") : t("editor.saved"));
  return (
    <div class="top">
      <h1 class="hidden-text">{rule.name}</h1>
      <input
        class="rule-title"
        aria-label={t("editor.name")}
        value={rule.name}
        size={Math.max(12, rule.name.length)}
        readOnly={readOnly}
        onInput={(event) => draft.edit({ ...rule, name: event.currentTarget.value })}
      />
      <CurrentState draft={draft} analysis={analysis} />
      <span class={state.kind === "failed" || state.kind === "held" ? "save-state is-bad" : "save-state"}>
        {said}
      </span>
      <span class="grow" />
      <label class="switch">
        <input
          type="checkbox"
          checked={rule.enabled !== false}
          disabled={readOnly}
          onChange={(event) => draft.edit({ ...rule, enabled: event.currentTarget.checked })}
        />
        {t("editor.enabled")}
      </label>
      {children}
      {readOnly ? (
        <span class="quiet">{t("editor.readOnly")}</span>
      ) : (
        <>
          <button
            type="button"
            class="button"
            disabled={saving || !dirty}
            onClick={() => void draft.save(false)}
          >
            {t("editor.save")}
          </button>
          <button type="button" class="button primary" disabled={saving} onClick={review}>
            {t("editor.review")}
          </button>
        </>
      )}
    </div>
  );
}

/** The faults are those of the text as it is now, not as it was saved. */
function CurrentState({ draft, analysis }: Pick<TopBarProps, "draft" | "analysis">) {
  const faults = errorsOf(analysis?.diagnostics ?? []);
  if (faults > 0) return <StatePill state={{ kind: "faults", n: faults }} />;
  const entry = draft.entry.value;
  const clean = !draft.dirty.value && entry !== null;
  return (
    <StatePill state={clean ? ruleState(entry) : { kind: entry?.published_revision ? "changed" : "draft" }} />
  );
}
