// Somebody else saved the same rule: both versions part by part, and the choice for each.

import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import type { Rule } from "../../core/types";
import { changesBetween } from "../../rule/changes";
import { newest } from "../../rule/entry";
import { differences, withMine, type Difference, type Side } from "../../rule/merge";
import type { Known } from "../../rule/words";
import { t } from "../../text";
import type { Draft } from "./draft";

interface ConflictDialogProps {
  readonly draft: Draft;
  readonly known: Known;
}

export function ConflictDialog({ draft, known }: ConflictDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const state = draft.saveState.value;
  const isOpen = state.kind === "conflict";
  useEffect(() => {
    if (isOpen) dialog.current?.showModal();
    else dialog.current?.close();
  }, [isOpen]);
  const theirs = state.kind === "conflict" ? newest(state.theirs.entry) : null;
  return (
    <dialog
      ref={dialog}
      class="card conflict"
      aria-labelledby="conflict-title"
      onCancel={(event) => event.preventDefault()} // there is no third way out: one version has to stay
    >
      {theirs ? <Choices draft={draft} mine={draft.rule.value} theirs={theirs} known={known} /> : null}
    </dialog>
  );
}

interface ChoicesProps extends ConflictDialogProps {
  readonly mine: Rule;
  readonly theirs: Rule;
}

const nameOf = ({ path }: Difference): string => path.join("/");

function Choices({ draft, mine, theirs, known }: ChoicesProps) {
  const base = draft.base.value; // whose change it was is chosen beforehand
  const parts = useMemo(() => differences(mine, theirs, base), [mine, theirs, base]);
  const [chosen, choose] = useState<Readonly<Record<string, Side>>>({});
  const sideOf = (part: Difference): Side => chosen[nameOf(part)] ?? part.changedBy ?? "mine";
  const merged = (): Rule =>
    withMine(
      theirs,
      mine,
      parts.filter((part) => sideOf(part) === "mine").map(({ path }) => path),
    );
  return (
    <>
      <h2 id="conflict-title">{t("conflict.title")}</h2>
      <p>{t("conflict.text")}</p>
      <div class="conflict-parts">
        {parts.map((part) => (
          <Part
            key={nameOf(part)}
            part={part}
            words={changesBetween(known, theirs, withMine(theirs, mine, [part.path]))}
            side={sideOf(part)}
            choose={(side) => choose({ ...chosen, [nameOf(part)]: side })}
          />
        ))}
      </div>
      <div class="row">
        <button type="button" class="button" onClick={() => void draft.settle("theirs")}>
          {t("conflict.takeTheirs")}
        </button>
        <button type="button" class="button" onClick={() => void draft.settle(mine)}>
          {t("conflict.keepMine")}
        </button>
        <span class="grow" />
        <button type="button" class="button primary" onClick={() => void draft.settle(merged())}>
          {t("conflict.merge")}
        </button>
      </div>
    </>
  );
}

interface PartProps {
  readonly part: Difference;
  /** Before: theirs; after: mine. */
  readonly words: ReturnType<typeof changesBetween>;
  readonly side: Side;
  readonly choose: (side: Side) => void;
}

function Part({ part, words, side, choose }: PartProps) {
  const name = nameOf(part);
  const what = words.map((each) => each.what).join(", ") || name;
  const text = (of: Side): string =>
    words
      .map(({ before, after }) => (of === "mine" ? after : before))
      .filter(Boolean)
      .join("\n") || t("conflict.nothing");
  return (
    <fieldset class="conflict-part">
      <legend>{what}</legend>
      {(["mine", "theirs"] as const).map((of) => (
        <label key={of} class="conflict-side">
          <input type="radio" name={name} checked={side === of} onChange={() => choose(of)} />
          <span>
            <span class="quiet">{t(`conflict.${of}`)}</span>
            <span class="conflict-words">{text(of)}</span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}
