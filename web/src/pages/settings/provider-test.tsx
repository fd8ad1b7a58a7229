// One message to one's own number or address, and what the vendor said to it.

import { useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { testProvider, type StoredProvider, type Tested } from "../../api/settings";
import { t } from "../../text";
import { TextLine } from "../../ui/form";

type State =
  | { readonly kind: "idle" | "busy" }
  | { readonly kind: "done"; readonly tested: Tested }
  | { readonly kind: "failed"; readonly message: string };

export function ProviderTest({ provider }: { readonly provider: StoredProvider }) {
  const [to, setTo] = useState("");
  const [state, setState] = useState<State>({ kind: "idle" });
  const send = (event: Event): void => {
    event.preventDefault();
    setState({ kind: "busy" });
    testProvider(provider.id, to.trim()).then(
      (tested) => setState({ kind: "done", tested }),
      (error: unknown) => setState({ kind: "failed", message: problemText(error) }),
    );
  };
  return (
    <form class="provider-form" onSubmit={send}>
      <TextLine label={t("settings.testTo")} required value={to} onChange={setTo} />
      <p role="status" class={state.kind === "failed" ? "bad" : ""}>
        {wordsOf(state)}
      </p>
      <button type="submit" class="button primary" disabled={state.kind === "busy"}>
        {t("settings.testSend")}
      </button>
    </form>
  );
}

function wordsOf(state: State): string {
  switch (state.kind) {
    case "idle":
      return "";
    case "busy":
      return t("settings.testBusy");
    case "failed":
      return state.message;
    case "done": {
      const said = t(`settings.tested.${state.tested.outcome}`);
      return state.tested.text ? `${said} ${state.tested.text}` : said;
    }
  }
}
