// What a call says or plays, and how it is spoken.

import type { MakeCall, Say } from "../../core/types";
import { withMember, without } from "../../rule/actions";
import { languageName, t } from "../../text";
import { Choice } from "../../ui/choice";
import { LiveText } from "../../ui/live-text";
import { Faults } from "./faults";
import { useFields, type FormProps } from "./form";
import { faultsOf, FieldHead, TemplateField } from "./template-field";

const PATH = "/action/say/text";
const PATHS = [PATH];
const LANGUAGES = ["de-DE", "en-GB", "en-US", "es-ES", "es-MX", "fr-FR", "it-IT", "pl-PL", "pt-BR", "pt-PT"];
const NORMAL = 100; // percent
const STEP = 5;

type Way = "say" | "play";

export function CallForm(form: FormProps & { readonly action: MakeCall }) {
  const { action, latest, edit, readOnly } = form;
  const fields = useFields(PATHS);
  const way: Way = action.play ? "play" : "say";
  const put = (next: MakeCall): void => edit({ ...latest(), action: next });
  const choose = (next: Way): void => {
    if (next === "say") put({ ...without(action, "play"), say: action.say ?? { text: "" } });
    else put({ ...without(action, "say"), play: { url: "" } });
  };
  return (
    <section class="card" aria-label={t("call.title")}>
      <div class="card-head">
        <h2>{t("call.title")}</h2>
        <div class="tabs" role="group" aria-label={t("call.way")}>
          {(["say", "play"] as const).map((each) => (
            <button
              key={each}
              type="button"
              aria-pressed={each === way}
              disabled={readOnly}
              onClick={() => choose(each)}
            >
              {t(`call.${each}`)}
            </button>
          ))}
        </div>
      </div>
      {action.play ? (
        <label class="card-part stacked">
          {t("call.url")}
          <input
            class="field"
            type="url"
            placeholder="https://…/hello.mp3"
            value={action.play.url}
            readOnly={readOnly}
            onInput={(event) => put({ ...action, play: { url: event.currentTarget.value.trim() } })}
          />
        </label>
      ) : (
        <>
          <FieldHead title={t("call.text")} path={PATH} fields={fields} form={form} />
          <TemplateField {...form} path={PATH} label={t("call.text")} fields={fields} />
          <Voice
            say={action.say ?? { text: "" }}
            readOnly={readOnly}
            change={(say) => put({ ...action, say })}
          />
        </>
      )}
      <Faults {...faultsOf(form, fields)} />
    </section>
  );
}

interface VoiceProps {
  readonly say: Say;
  readonly readOnly: boolean;
  readonly change: (say: Say) => void;
}

function Voice({ say, readOnly, change }: VoiceProps) {
  return (
    <div class="card-part voice">
      <label class="stacked">
        {t("call.language")}
        <Choice
          label={t("call.language")}
          value={say.language ?? ""}
          disabled={readOnly}
          options={[
            { value: "", text: t("call.clientLanguage") },
            ...LANGUAGES.map((tag) => ({ value: tag, text: languageName(tag) })),
          ]}
          onChange={(language) => change(withMember(say, "language", language, ""))}
        />
      </label>
      <label class="stacked">
        {t("call.voice")}
        <LiveText
          label={t("call.voice")}
          hint={t("call.anyVoice")}
          value={say.voice ?? ""}
          spell={(typed) => typed.trim()}
          readOnly={readOnly}
          change={(voice) => change(withMember(say, "voice", voice, ""))}
        />
      </label>
      <Percent
        label={t("call.rate")}
        value={say.rate ?? NORMAL}
        readOnly={readOnly}
        change={(rate) => change(withMember(say, "rate", rate, NORMAL))}
      />
      <Percent
        label={t("call.volume")}
        value={say.volume ?? NORMAL}
        readOnly={readOnly}
        change={(volume) => change(withMember(say, "volume", volume, NORMAL))}
      />
    </div>
  );
}

interface PercentProps {
  readonly label: string;
  readonly value: number;
  readonly readOnly: boolean;
  readonly change: (value: number) => void;
}

function Percent({ label, value, readOnly, change }: PercentProps) {
  return (
    <label class="stacked">
      <span>
        {label} <span class="quiet">{t("call.percent", { n: value })}</span>
      </span>
      <input
        type="range"
        min={20}
        max={200}
        step={STEP}
        value={value}
        disabled={readOnly}
        onInput={(event) => change(event.currentTarget.valueAsNumber)}
      />
    </label>
  );
}
