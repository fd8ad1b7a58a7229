// What a list that is too long to be read whole has for the words that somebody types: asked for when the typing pauses,
// and only the newest words are answered.

import { useCallback, useEffect, useState } from "preact/hooks";

const PAUSE_MS = 250;

const NOTHING: readonly never[] = [];

/**
 * What was found, and a way to ask once more. `find` must be stable (useCallback); null: there is nobody to ask. What was
 * found before stays until there is something newer.
 */
export function useFound<T>(
  find: ((words: string) => Promise<readonly T[]>) | null,
  words: string,
): readonly [readonly T[], () => void] {
  const [times, setTimes] = useState(0);
  const again = useCallback(() => setTimes((n) => n + 1), []);
  const [found, setFound] = useState<readonly T[]>(NOTHING);
  const wanted = words.trim();
  useEffect(() => {
    if (!find || wanted === "") {
      setFound(NOTHING);
      return;
    }
    let isOver = false;
    const pause = setTimeout(() => {
      find(wanted).then(
        (answer) => isOver || setFound(answer),
        () => isOver || setFound(NOTHING), // without a connection there is what was read before
      );
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(pause);
    };
  }, [find, wanted, times]);
  return [found, again];
}
