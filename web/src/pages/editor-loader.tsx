// The editor is a chunk of its own: CodeMirror weighs more than the rest of the page together.

import { useEffect, useState } from "preact/hooks";
import { problemText } from "../api/http";
import type { Route } from "../routes";
import type { Catalogue, Loading } from "../state/catalogue";
import { Wait } from "../ui/notice";

type EditorPage = typeof import("./editor/page").EditorPage;

interface EditorLoaderProps {
  readonly at: Extract<Route, { page: "new" | "rule" }>;
  readonly known: Catalogue;
}

export function EditorLoader({ at, known }: EditorLoaderProps) {
  const [state, setState] = useState<Loading<{ readonly Page: EditorPage }>>({ kind: "loading" });
  const load = (): void => {
    import("./editor/page").then(
      ({ EditorPage }) => setState({ kind: "ready", value: { Page: EditorPage } }),
      (error: unknown) => setState({ kind: "failed", message: problemText(error) }),
    );
  };
  useEffect(load, []);
  return (
    <Wait state={state} retry={load}>
      {({ Page }) => <Page at={at} known={known} />}
    </Wait>
  );
}
