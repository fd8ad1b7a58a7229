import { render } from "preact";
import { App } from "./app";
import { loadCatalogue } from "./state/catalogue";
import { startNavigation } from "./state/navigation";
import { language } from "./text";
import "./styles";

const root = document.getElementById("app");
if (!root) throw new Error("index.html has no #app");
document.documentElement.lang = language;
startNavigation();
void loadCatalogue();
render(<App />, root);
