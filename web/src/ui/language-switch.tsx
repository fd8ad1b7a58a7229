// The language of the page; remembered in this browser.

import { currentLanguage, LANGUAGES, switchLanguage, t } from "../text";
import { Choice } from "./choice";

export function LanguageSwitch() {
  return (
    <Choice
      class="field language"
      label={t("nav.language")}
      value={currentLanguage()}
      options={Object.entries(LANGUAGES).map(([tag, { name }]) => ({ value: tag, text: name }))}
      onChange={(tag) => void switchLanguage(tag)}
    />
  );
}
