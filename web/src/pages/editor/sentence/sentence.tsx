// The rule as a sentence. Every setting is a word of it that can be changed in place.

import type { Rule } from "../../../core/types";
import type { ChannelChoice } from "../../../routes";
import { withChannel } from "../../../rule/edit";
import { entityOf, smsProviders, stagesOf, type Catalogue } from "../../../state/catalogue";
import { rich, t, tOr } from "../../../text";
import type { Option } from "../../../ui/choice";
import { addressPicker, fromPicker, providerPicker } from "./action-pickers";
import { ConditionPicker } from "./condition-picker";
import { TimingPicker } from "./timing-picker";
import { Word } from "./word";

export interface SentenceProps {
  readonly rule: Rule;
  readonly known: Catalogue;
  readonly readOnly: boolean;
  readonly edit: (rule: Rule) => void;
}

const ANY = ""; // the pipeline picker's value for a rule without a pipeline

export function Sentence(props: SentenceProps) {
  const { rule } = props;
  const parts = {
    entity: <EntityPicker {...props} />,
    pipeline: <PipelinePicker {...props} />,
    stage: <StagePicker {...props} />,
    timing: <TimingPicker {...props} />,
    condition: <ConditionPicker {...props} />,
    channel: <ChannelPicker {...props} />,
    address: addressPicker(props),
    provider: providerPicker(props),
    from: fromPicker(props),
  };
  const key = { send_sms: "sentence.sms", send_email: "sentence.email" } as const;
  const { type } = rule.action;
  return (
    <section class="card sentence" aria-label={t("sentence.label")}>
      <p>{rich(type === "send_sms" || type === "send_email" ? key[type] : "sentence.other", parts)}</p>
    </section>
  );
}

function EntityPicker({ rule, known, readOnly, edit }: SentenceProps) {
  const options = known.schema.entities
    .filter(({ code, pipelines }) => pipelines !== undefined || code === rule.on.entity)
    .map(({ code, name }) => ({ value: code, text: tOr(`entity.${code}`, name) }));
  // Stages belong to an entity: another entity begins at its own first stage.
  const choose = (entity: string): void => {
    const pipeline = entityOf(known.schema, entity)?.pipelines?.[0];
    const stage = pipeline?.stages[0]?.id ?? "";
    edit({ ...rule, on: pipeline ? { entity, pipeline: pipeline.id, stage } : { entity, stage } });
  };
  const { entity } = rule.on;
  return (
    <Word label={t("pick.entity")} value={entity} options={options} readOnly={readOnly} onChange={choose} />
  );
}

function PipelinePicker({ rule, known, readOnly, edit }: SentenceProps) {
  const pipelines = entityOf(known.schema, rule.on.entity)?.pipelines ?? [];
  const options = [
    ...pipelines.map(({ id, name }) => ({ value: id, text: name })),
    { value: ANY, text: t("pick.anyPipeline") },
  ];
  const choose = (pipeline: string): void => {
    const { entity, stage } = rule.on;
    edit({ ...rule, on: pipeline === ANY ? { entity, stage } : { entity, pipeline, stage } });
  };
  const value = rule.on.pipeline ?? ANY;
  return (
    <Word label={t("pick.pipeline")} value={value} options={options} readOnly={readOnly} onChange={choose} />
  );
}

function StagePicker({ rule, known, readOnly, edit }: SentenceProps) {
  const stages = stagesOf(entityOf(known.schema, rule.on.entity), rule.on.pipeline);
  const options = stages.map(({ id, name }) => ({ value: id, text: name }));
  if (rule.on.stage === "") options.unshift({ value: "", text: t("pick.choose") });
  const choose = (stage: string): void => edit({ ...rule, on: { ...rule.on, stage } });
  return (
    <Word
      label={t("pick.stage")}
      value={rule.on.stage}
      options={options}
      readOnly={readOnly}
      onChange={choose}
    />
  );
}

function ChannelPicker({ rule, known, readOnly, edit }: SentenceProps) {
  const options: Option[] = [
    { value: "send_sms", text: t("pick.sms") },
    { value: "send_email", text: t("pick.emailMessage") },
  ];
  const { type } = rule.action;
  if (!options.some(({ value }) => value === type)) options.push({ value: type, text: t(`channel.${type}`) });
  const choose = (value: string): void => {
    const channel: ChannelChoice = value === "send_email" ? "email" : "sms";
    edit(withChannel(rule, channel, smsProviders(known.workspace)[0]?.id ?? ""));
  };
  return (
    <Word label={t("pick.channel")} value={type} options={options} readOnly={readOnly} onChange={choose} />
  );
}
