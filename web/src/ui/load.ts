// Reads something from the service for a component, and again when asked. What was read before stays in sight
// while it is read anew, and an answer that comes after a newer question is dropped.

import { useCallback, useEffect, useRef, useState } from "preact/hooks";
import type { Loading } from "../state/known";
import { problemText } from "../state/problem";

/** `read` must be stable (useCallback): a new one is a new question. */
export function useLoad<T>(read: () => Promise<T>): readonly [Loading<T>, () => void] {
  const [state, setState] = useState<Loading<T>>({ kind: "loading" });
  const asked = useRef(0);
  const reload = useCallback(() => {
    const mine = ++asked.current;
    read().then(
      (value) => mine === asked.current && setState({ kind: "ready", value }),
      (error: unknown) => mine === asked.current && setState({ kind: "failed", message: problemText(error) }),
    );
  }, [read]);
  useEffect(() => {
    setState({ kind: "loading" });
    reload();
    const questions = asked;
    return () => {
      questions.current++;
    };
  }, [reload]);
  return [state, reload];
}
