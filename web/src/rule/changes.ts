// What differs between two states of a rule, in words, each part before and after.

import type { Action, Attachment, Rule } from "../core/types";
import { lines, lineWords } from "../state/ways";
import { languageName, t } from "../text";
import { defaultPolicy } from "./actions";
import { fieldWords, timingWords, treeWords, type Known } from "./words";

export interface Part {
  readonly what: string;
  readonly words: string;
}
export interface Change {
  readonly what: string;
  /** "" where it was not there before, or is no longer. */
  readonly before: string;
  readonly after: string;
}

function placeWords({ schema }: Known, { on }: Rule): string {
  const entity = schema.entities.find(({ code }) => code === on.entity);
  const pipeline = entity?.pipelines?.find(({ id }) => id === on.pipeline);
  const stages = pipeline?.stages ?? (entity?.pipelines ?? []).flatMap((each) => each.stages);
  const stage = stages.find(({ id }) => id === on.stage)?.name ?? on.stage;
  const via = on.pipeline === undefined ? t("pick.anyPipeline") : (pipeline?.name ?? on.pipeline);
  return [entity?.name ?? on.entity, via, stage].join(" › ");
}

const yesNo = (is: boolean): string => t(is ? "value.yes" : "value.no");

function attachmentWords(known: Known, list: readonly Attachment[] | undefined): string {
  const one = (each: Attachment): string =>
    "field" in each ? t("attach.ofItem", { field: fieldWords(known, each.field) }) : each.file;
  return (list ?? []).map(one).join(", ");
}

function providerName({ workspace }: Known, id: string): string {
  return workspace.providers?.find((provider) => provider.id === id)?.name ?? id;
}

function actionParts(known: Known, action: Action): readonly Part[] {
  const parts: Part[] = [{ what: t("pick.channel"), words: t(`channel.${action.type}`) }];
  const add = (what: string, words: string | undefined): void => {
    if (words !== undefined && words !== "") parts.push({ what, words });
  };
  if ("phone_type" in action || action.type === "make_call")
    add(t("pick.phone"), t(`phone.${action.phone_type ?? "auto"}`));
  if ("provider" in action) add(t("pick.provider"), providerName(known, action.provider));
  switch (action.type) {
    case "send_sms":
      add(t("editor.text"), action.text);
      break;
    case "invite_to_messenger":
      add(t("pick.messenger"), providerName(known, action.channel));
      add(t("editor.text"), action.text);
      break;
    case "send_email": {
      const { from } = action;
      add(t("pick.from"), typeof from === "string" ? from : t(`from.${from?.auto ?? "responsible"}`));
      add(t("pick.emailType"), t(`email.${action.email_type ?? "auto"}`));
      add(t("pick.which"), t(`which.${action.use_address ?? "first"}`));
      add(t("editor.subject"), action.subject);
      add(t("editor.html"), action.html);
      add(t("editor.plain"), action.text);
      add(t("attach.title"), attachmentWords(known, action.attachments));
      add(t("email.track"), yesNo(action.track_clicks ?? false));
      break;
    }
    case "make_call": {
      const line = lines(known.workspace).find(({ id }) => id === action.line);
      add(t("pick.line"), line ? lineWords(line) : action.line);
      add(t("call.text"), action.say?.text);
      if (action.say) {
        add(
          t("call.language"),
          action.say.language ? languageName(action.say.language) : t("call.clientLanguage"),
        );
        add(t("call.voice"), action.say.voice);
        add(t("call.rate"), t("call.percent", { n: action.say.rate ?? 100 }));
        add(t("call.volume"), t("call.percent", { n: action.say.volume ?? 100 }));
      }
      add(t("call.play"), action.play?.url);
      break;
    }
    case "send_chat_message":
      add(t("pick.hidden"), t(action.hidden ? "chat.hidden" : "chat.shown"));
      add(t("editor.text"), action.text);
      add(t("attach.title"), attachmentWords(known, action.attachments));
      break;
    case "send_whatsapp":
      add(t("pick.template"), action.template);
      add(t("pick.language"), languageName(action.language));
      for (const [name, value] of Object.entries(action.parameters ?? {}))
        add(t("whatsapp.value", { name }), value);
      break;
  }
  return parts;
}

/** Everything that a rule says, part by part. */
export function partsOf(known: Known, rule: Rule): readonly Part[] {
  const { conditions } = rule;
  return [
    { what: t("editor.name"), words: rule.name },
    { what: t("editor.enabled"), words: yesNo(rule.enabled !== false) },
    { what: t("pick.stage"), words: placeWords(known, rule) },
    { what: t("timing.title"), words: timingWords(known, rule.timing) },
    {
      what: t("condition.title"),
      words: conditions ? treeWords(known, conditions) : t("condition.always"),
    },
    ...actionParts(known, rule.action),
    { what: t("pick.kind"), words: t(rule.transactional === false ? "kind.marketing" : "kind.service") },
    { what: t("pick.policy"), words: t(`policy.${rule.policy ?? defaultPolicy(rule.action)}`) },
    { what: t("pick.over"), words: t(`over.${rule.over_limit ?? "skip"}`) },
    { what: t("editor.position"), words: String(rule.position ?? 0) },
  ];
}

/** Nothing before: everything is new. */
export function changesBetween(known: Known, before: Rule | null, after: Rule): readonly Change[] {
  const old = new Map((before ? partsOf(known, before) : []).map(({ what, words }) => [what, words]));
  const now = new Map(partsOf(known, after).map(({ what, words }) => [what, words]));
  return [...new Set([...now.keys(), ...old.keys()])]
    .map((what) => ({ what, before: old.get(what) ?? "", after: now.get(what) ?? "" }))
    .filter(({ before: was, after: is }) => was !== is);
}
