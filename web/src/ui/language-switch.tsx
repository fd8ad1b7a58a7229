// The language of the page; remembered in this browser.

import { chooseLanguage, currentLanguage, LANGUAGES, switchLanguage, t } from "../text";
import { Choice } from "./choice";

export function LanguageSwitch() {
  return (
    <Choice
      class="field language"
      label={t("nav.language")}
      value={currentLanguage()}
      options={Object.entries(LANGUAGES).map(([value, text]) => ({ value, text }))}
      onChange={(tag) => void switchLanguage(chooseLanguage([tag]))}
    />
  );
}
