// Inter comes from our own origin; the browser fetches only the character ranges that a page uses.
import "@fontsource-variable/inter/wght.css";
import "./tokens.css";
import "./base.css";
import "./parts.css";
import "./shell.css";
import "./message.css";
import "../offline/index.css";
