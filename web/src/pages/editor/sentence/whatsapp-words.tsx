// Which approved WhatsApp template, in which language. Where the workspace lists the templates, the rest follows from
// the choice: the language, and as many values as the template takes.

import type { SendWhatsapp, WhatsappTemplate } from "../../../core/types";
import { languageName } from "../../../text";
import { whatsappTemplates } from "../../../state/ways";
import { t } from "../../../text";
import type { SentenceProps } from "./sentence";
import { Word, WrittenWord } from "./word";

const LANGUAGES = ["en", "de", "es", "fr", "it", "pl", "pt-BR", "pt-PT", "ru", "tr", "uk"] as const;

/** The template takes so many values: "1", "2", … keep their texts, further ones are empty, the rest goes. */
function withTemplate(action: SendWhatsapp, name: string, made: WhatsappTemplate | undefined): SendWhatsapp {
  if (!made) return { ...action, template: name };
  const positions = Array.from({ length: made.parameters ?? 0 }, (_, index) => String(index + 1));
  const parameters = Object.fromEntries(positions.map((at) => [at, action.parameters?.[at] ?? ""]));
  return { ...action, template: name, language: made.language ?? action.language, parameters };
}

export function TemplateWord({ rule, known, readOnly, edit }: SentenceProps) {
  const { action } = rule;
  if (action.type !== "send_whatsapp") return null;
  const made = whatsappTemplates(known.workspace, action.provider);
  const choose = (name: string): void => {
    const template =
      made.find((each) => each.name === name && each.language === action.language) ??
      made.find((each) => each.name === name);
    edit({ ...rule, action: withTemplate(action, name, template) });
  };
  const label = t("pick.template");
  if (made.length === 0) {
    return <WrittenWord label={label} value={action.template} readOnly={readOnly} onChange={choose} />;
  }
  const names = [...new Set(made.map(({ name }) => name))];
  const options = names.map((name) => ({ value: name, text: name }));
  if (action.template === "") options.unshift({ value: "", text: t("pick.choose") });
  return (
    <Word label={label} value={action.template} options={options} readOnly={readOnly} onChange={choose} />
  );
}

export function LanguageWord({ rule, known, readOnly, edit }: SentenceProps) {
  const { action } = rule;
  if (action.type !== "send_whatsapp") return null;
  const made = whatsappTemplates(known.workspace, action.provider)
    .filter(({ name }) => name === action.template)
    .flatMap(({ language }) => language ?? []);
  const tags = made.length > 0 ? made : LANGUAGES;
  return (
    <Word
      label={t("pick.language")}
      value={action.language}
      options={tags.map((tag) => ({ value: tag, text: languageName(tag) }))}
      readOnly={readOnly}
      onChange={(language) => edit({ ...rule, action: { ...action, language } })}
    />
  );
}
