// The sentences under the rule's own: what kind of message it is, and what happens when something is not as it should.

import type { OverLimit, Policy } from "../../../core/types";
import { defaultPolicy, hasLimit, withMember } from "../../../rule/actions";
import { characterLimit } from "../../../state/ways";
import { t } from "../../../text";
import { sentenceOf } from "./glue";
import type { SentenceProps } from "./sentence";
import { Word } from "./word";

const POLICIES: readonly Policy[] = ["at_most_once", "at_least_once"];
const OVER: readonly OverLimit[] = ["skip", "truncate"];

export function FinePrint(props: SentenceProps) {
  const { rule, known, readOnly, edit } = props;
  const provider = "provider" in rule.action ? rule.action.provider : "";
  const limit = characterLimit(known.workspace, provider);
  const usual = defaultPolicy(rule.action);
  const kind = (
    <Word
      label={t("pick.kind")}
      value={rule.transactional === false ? "marketing" : "service"}
      options={(["service", "marketing"] as const).map((each) => ({ value: each, text: t(`kind.${each}`) }))}
      readOnly={readOnly}
      onChange={(value) => edit(withMember(rule, "transactional", value === "service", true))}
    />
  );
  const policy = (
    <Word
      label={t("pick.policy")}
      value={rule.policy ?? usual}
      options={POLICIES.map((each) => ({ value: each, text: t(`policy.${each}`) }))}
      readOnly={readOnly}
      onChange={(value) => edit(withMember(rule, "policy", value as Policy, usual))}
    />
  );
  const over = (
    <Word
      label={t("pick.over")}
      value={rule.over_limit ?? "skip"}
      options={OVER.map((each) => ({ value: each, text: t(`over.${each}`) }))}
      readOnly={readOnly}
      onChange={(value) => edit(withMember(rule, "over_limit", value as OverLimit, "skip"))}
    />
  );
  return (
    <p class="fine-print">
      {sentenceOf("sentence.fine", { kind, policy })}{" "}
      {hasLimit(rule.action) ? sentenceOf("sentence.limit", { limit: String(limit), over }) : null}
    </p>
  );
}
