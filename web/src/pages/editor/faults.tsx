// What the core found, with the way out beside each.

import type { ComponentChildren } from "preact";
import type { Analysis } from "../../core/protocol";
import type { Diagnostic, Rule } from "../../core/types";
import { canFix } from "../../rule/edit";
import { t } from "../../text";
import { Icon } from "../../ui/icons";

interface FaultsProps {
  readonly rule: Rule;
  readonly analysis: Analysis | null;
  readonly readOnly: boolean;
  readonly fix: (diagnostic: Diagnostic) => void;
  readonly show: (diagnostic: Diagnostic) => void;
  readonly showable: (diagnostic: Diagnostic) => boolean;
  /** Advice of the channel's own, as further list items. */
  readonly children?: ComponentChildren;
}

const RANK = { error: 0, warning: 1, info: 2 } as const;

export function Faults({ rule, analysis, readOnly, fix, show, showable, children }: FaultsProps) {
  const found = [...(analysis?.diagnostics ?? [])].sort((a, b) => RANK[a.severity] - RANK[b.severity]);
  const isEmpty =
    found.length === 0 && (children === undefined || (Array.isArray(children) && children.length === 0));
  return (
    <div class="faults">
      <h2 class="hidden-text">{t("faults.title")}</h2>
      {isEmpty && analysis ? (
        <p class="fault is-clean">
          <Icon name="check" />
          {t("faults.none")}
        </p>
      ) : null}
      <ul aria-label={t("faults.title")}>
        {found.map((diagnostic) => (
          <Fault
            key={`${diagnostic.code} ${diagnostic.path} ${diagnostic.from ?? ""}`}
            diagnostic={diagnostic}
            fix={!readOnly && canFix(rule, diagnostic) ? fix : null}
            show={showable(diagnostic) ? show : null}
          />
        ))}
        {children}
      </ul>
    </div>
  );
}

interface FaultProps {
  readonly diagnostic: Diagnostic;
  readonly fix: ((diagnostic: Diagnostic) => void) | null;
  readonly show: ((diagnostic: Diagnostic) => void) | null;
}

function Fault({ diagnostic, fix, show }: FaultProps) {
  const { severity, message, line, column } = diagnostic;
  return (
    <li class={`fault is-${severity}`}>
      <Icon name={severity} />
      <div>
        <span class="hidden-text">{t(`faults.${severity}`)}: </span>
        {message}
        {line === undefined || column === undefined || !show ? null : (
          <div>
            <button type="button" class="place" onClick={() => show(diagnostic)}>
              {t("faults.place", { line, column })}
            </button>
          </div>
        )}
      </div>
      {fix && diagnostic.fix ? (
        <button type="button" class="button small" onClick={() => fix(diagnostic)}>
          {diagnostic.fix.title}
        </button>
      ) : null}
    </li>
  );
}
