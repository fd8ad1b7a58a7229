// The rule as a sentence. Every setting is a word of it that can be changed in place.

import type { ActionType, Rule } from "../../../core/types";
import { ACTION_OF, CHANNELS, withAction } from "../../../rule/actions";
import { entityOf, stagesOf, type Catalogue } from "../../../state/known";
import { firstWays } from "../../../state/ways";
import { t, tOr } from "../../../text";
import {
  AddressWord,
  FromWord,
  HiddenWord,
  LineWord,
  MessengerWord,
  ProviderWord,
  WhichWord,
} from "./action-words";
import { ConditionPicker } from "./condition-picker";
import { FinePrint } from "./fine-print";
import { sentenceOf } from "./glue";
import { TimingPicker } from "./timing-picker";
import { LanguageWord, TemplateWord } from "./whatsapp-words";
import { Word } from "./word";

export interface SentenceProps {
  readonly rule: Rule;
  readonly known: Catalogue;
  readonly readOnly: boolean;
  readonly edit: (rule: Rule) => void;
}

const ANY = ""; // the pipeline picker's value for a rule without a pipeline

export function Sentence(props: SentenceProps) {
  const parts = {
    entity: <EntityPicker {...props} />,
    pipeline: <PipelinePicker {...props} />,
    stage: <StagePicker {...props} />,
    timing: <TimingPicker {...props} />,
    condition: <ConditionPicker {...props} />,
    channel: <ChannelPicker {...props} />,
    address: <AddressWord {...props} />,
    which: <WhichWord {...props} />,
    provider: <ProviderWord {...props} />,
    from: <FromWord {...props} />,
    line: <LineWord {...props} />,
    template: <TemplateWord {...props} />,
    language: <LanguageWord {...props} />,
    messenger: <MessengerWord {...props} />,
    hidden: <HiddenWord {...props} />,
  };
  return (
    <section class="card sentence" aria-label={t("sentence.label")}>
      <p>{sentenceOf(`sentence.${props.rule.action.type}`, parts)}</p>
      <FinePrint {...props} />
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
  const options = CHANNELS.map((channel) => ({ value: ACTION_OF[channel], text: t(`pick.${channel}`) }));
  const choose = (type: string): void =>
    edit(withAction(rule, type as ActionType, firstWays(known.workspace)));
  const { type } = rule.action;
  return (
    <Word label={t("pick.channel")} value={type} options={options} readOnly={readOnly} onChange={choose} />
  );
}
