// Changes of a rule as a list: what, before, after.

import type { Change } from "../../../rule/changes";
import { t } from "../../../text";

export function ChangeList({ changes }: { readonly changes: readonly Change[] }) {
  if (changes.length === 0) return <p class="quiet">{t("review.noChanges")}</p>;
  return (
    <dl class="changes">
      {changes.map(({ what, before, after }) => (
        <div key={what}>
          <dt>{what}</dt>
          <dd>
            {before === "" ? null : <Text kind="del" label={t("review.before")} text={before} />}
            {after === "" ? null : <Text kind="ins" label={t("review.after")} text={after} />}
          </dd>
        </div>
      ))}
    </dl>
  );
}

interface TextProps {
  readonly kind: "del" | "ins";
  readonly label: string;
  readonly text: string;
}

/** Never by colour alone: a sign for the eye, a word for the ear. */
function Text({ kind: Kind, label, text }: TextProps) {
  return (
    <Kind>
      <span aria-hidden="true">{Kind === "del" ? "− " : "+ "}</span>
      <span class="hidden-text">{label}: </span>
      {text}
    </Kind>
  );
}
