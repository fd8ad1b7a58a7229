// The frame of the page: navigation, the current view, the live region.

import { useEffect, useRef } from "preact/hooks";
import { signedOut } from "./api/http";
import { Board } from "./pages/board/board";
import { Deliveries } from "./pages/deliveries/deliveries";
import { EditorLoader } from "./pages/editor-loader";
import { Guide, GuideLink } from "./pages/guide/guide";
import { Records } from "./pages/records/records";
import { Sandbox } from "./pages/sandbox/sandbox";
import { Settings } from "./pages/settings/settings";
import { OfflineBar } from "./offline/bar";
import { SignOut } from "./offline/sign-out";
import type { Route } from "./routes";
import { catalogue, loadCatalogue, type Catalogue } from "./state/catalogue";
import { route } from "./state/navigation";
import { t, type Key } from "./text";
import { SignIn } from "./pages/sign-in";
import { Announcements } from "./ui/announce";
import { LanguageSwitch } from "./ui/language-switch";
import { Later } from "./ui/later";
import { Link } from "./ui/link";
import { LiveState } from "./ui/live-state";
import { Wait } from "./ui/notice";

const PLACES: readonly {
  readonly to: Route;
  readonly text: Key;
  readonly pages: readonly Route["page"][];
}[] = [
  { to: { page: "board" }, text: "nav.rules", pages: ["board", "new", "rule"] },
  { to: { page: "records" }, text: "nav.records", pages: ["records"] },
  { to: { page: "simulator" }, text: "nav.simulator", pages: ["simulator"] },
  { to: { page: "deliveries" }, text: "nav.deliveries", pages: ["deliveries"] },
  { to: { page: "sandbox" }, text: "nav.sandbox", pages: ["sandbox"] },
  { to: { page: "settings", section: "providers" }, text: "nav.settings", pages: ["settings"] },
];

const loadSimulator = async () => (await import("./pages/simulator/simulator")).Simulator;

function Navigation({ page }: { readonly page: Route["page"] }) {
  return (
    <nav class="nav" aria-label={t("nav.label")}>
      <div class="brand">{t("app.name")}</div>
      {PLACES.map(({ to, text, pages }) => (
        <Link key={text} to={to} class="nav-link" current={pages.includes(page)}>
          {t(text)}
        </Link>
      ))}
      <GuideLink />
      <LanguageSwitch />
      <SignOut />
      <LiveState />
    </nav>
  );
}

function View({ at, known }: { readonly at: Route; readonly known: Catalogue }) {
  switch (at.page) {
    case "board":
      return <Board at={at} known={known} />;
    case "new":
    case "rule":
      return <EditorLoader at={at} known={known} />;
    case "simulator":
      return <Later load={loadSimulator}>{(Simulator) => <Simulator at={at} known={known} />}</Later>;
    case "deliveries":
      return <Deliveries at={at} known={known} />;
    case "records":
      return <Records at={at} known={known} />;
    case "sandbox":
      return <Sandbox workspace={known.workspace} />;
    case "settings":
      return <Settings at={at} known={known} />;
    case "unknown":
      return (
        <div class="card notice">
          <h1>{t("app.unknown")}</h1>
          <Link to={{ page: "board" }}>{t("app.home")}</Link>
        </div>
      );
  }
}

export function App() {
  const main = useRef<HTMLElement>(null);
  const at = route.value;
  const first = useRef(true);

  // A new view is read from its beginning: the focus goes where the content starts.
  useEffect(() => {
    if (first.current) first.current = false;
    else main.current?.focus();
  }, [at.page]);

  useEffect(() => {
    const place = PLACES.find(({ pages }) => pages.includes(at.page));
    document.title = place ? `${t(place.text)} · ${t("app.name")}` : t("app.name");
  }, [at.page]);

  if (signedOut.value) return <SignIn />;
  return (
    <div class="app">
      <a class="skip" href="#main">
        {t("app.skip")}
      </a>
      <Navigation page={at.page} />
      <main id="main" ref={main} tabIndex={-1}>
        <Wait state={catalogue.value} retry={() => void loadCatalogue()}>
          {(known) => (
            <>
              <Guide at={at} known={known} />
              <View at={at} known={known} />
            </>
          )}
        </Wait>
      </main>
      <OfflineBar />
      <Announcements />
    </div>
  );
}
