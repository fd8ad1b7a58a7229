// Looking at the preview in another language, or at another moment.

import { languageName, t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Popover } from "../../../ui/popover";
import { CLEAR, LENS_LANGUAGES, type Lens } from "./lens";

interface LensPickerProps {
  readonly lens: Lens;
  readonly change: (lens: Lens) => void;
}

/** "2026-12-01T10:00" of the user's own clock, as the browser's field wants it. */
function localOf(now: string | null): string {
  if (now === null) return "";
  const date = new Date(now);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

export function LensPicker({ lens, change }: LensPickerProps) {
  const isClear = lens.language === null && lens.now === null;
  const face = t(isClear ? "lens.face" : "lens.on");
  return (
    <Popover
      class={isClear ? "button small" : "button small is-on"}
      face={face}
      label={`${face}: ${t("lens.title")}`}
    >
      {() => (
        <div class="panel">
          <label class="stacked">
            {t("lens.language")}
            <Choice
              label={t("lens.language")}
              value={lens.language ?? ""}
              options={[
                { value: "", text: t("lens.own") },
                ...LENS_LANGUAGES.map((tag) => ({ value: tag, text: languageName(tag) })),
              ]}
              onChange={(tag) => change({ ...lens, language: tag === "" ? null : tag })}
            />
          </label>
          <label class="stacked">
            {t("lens.now")}
            <input
              type="datetime-local"
              class="field"
              value={localOf(lens.now)}
              onChange={({ currentTarget: { value } }) =>
                change({ ...lens, now: value === "" ? null : new Date(value).toISOString() })
              }
            />
          </label>
          <button type="button" class="button small" disabled={isClear} onClick={() => change(CLEAR)}>
            {t("lens.clear")}
          </button>
        </div>
      )}
    </Popover>
  );
}
