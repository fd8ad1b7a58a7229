import { effect } from "@preact/signals";
import { render } from "preact";
import { App } from "./app";
import { keepPage } from "./offline/register";
import { startSending } from "./offline/send";
import { loadCatalogue } from "./state/catalogue";
import { startNavigation } from "./state/navigation";
import { currentLocale, placeWords, preferredLanguage, speak } from "./text";
import { pageWords } from "./text/page";
import "./styles";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
placeWords(pageWords);
startNavigation();
effect(() => {
  document.documentElement.lang = currentLocale();
});
void startSending().then(loadCatalogue, loadCatalogue);
keepPage();
// A page whose words come twice would be read twice; without its table it is in English rather than nowhere.
void speak(preferredLanguage())
  .catch(() => undefined)
  .then(() => render(<App />, root));
