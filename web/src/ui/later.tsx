// A part of the page that is a chunk of its own, fetched when it is first wanted.

import type { ComponentChildren } from "preact";
import { useCallback } from "preact/hooks";
import { useLoad } from "./load";
import { Wait } from "./notice";

interface LaterProps<T> {
  /** Must be stable. */
  readonly load: () => Promise<T>;
  readonly children: (part: T) => ComponentChildren;
}

export function Later<T>({ load, children }: LaterProps<T>) {
  const [state, reload] = useLoad(useCallback(async () => ({ part: await load() }), [load]));
  return (
    <Wait state={state} retry={reload}>
      {({ part }) => children(part)}
    </Wait>
  );
}
