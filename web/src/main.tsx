import { render } from "preact";
import { App } from "./app";
import { loadCatalogue } from "./state/catalogue";
import { startNavigation } from "./state/navigation";
import { speak } from "./text";
import "./styles";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
document.documentElement.lang = speak(navigator.languages);
startNavigation();
void loadCatalogue();
render(<App />, root);
