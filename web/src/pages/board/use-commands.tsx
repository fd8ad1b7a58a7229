// The board's commands, one at a time, and the way back from a deletion.

import { useCallback, useState } from "preact/hooks";
import { problemText } from "../../api/http";
import { newest, type RuleEntry } from "../../api/rules";
import type { Rule, Stage } from "../../core/types";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { copy, enable, move, othersIn, remove, type Spot } from "./actions";
import type { CardCommand } from "./card-menu";

interface Deleted {
  readonly name: string;
  readonly back: () => Promise<void>;
}

export interface Commands {
  readonly act: (rule: Rule, command: CardCommand, entries: readonly RuleEntry[]) => void;
  readonly drop: (id: string, spot: Spot, entries: readonly RuleEntry[]) => void;
  readonly deleted: Deleted | null;
  readonly fault: string;
  readonly undo: () => void;
}

export function useCommands(reload: () => void, stages: readonly Stage[]): Commands {
  const [deleted, setDeleted] = useState<Deleted | null>(null);
  const [fault, setFault] = useState("");

  const carryOut = useCallback(
    (what: () => Promise<string>): void => {
      setFault("");
      what()
        .then(announce, (error: unknown) => {
          setFault(problemText(error));
          announce(problemText(error));
        })
        .finally(reload);
    },
    [reload],
  );
  const place = (rule: Rule, spot: Spot, entries: readonly RuleEntry[]): void => {
    const others = othersIn(entries, spot.stage, rule);
    const stage = stages.find(({ id }) => id === spot.stage)?.name ?? spot.stage;
    const n = Math.min(spot.index, others.length) + 1;
    carryOut(async () => {
      await move(rule, others, spot);
      return t("board.moved", { name: rule.name, n, total: others.length + 1, stage });
    });
  };
  const copyTo = (rule: Rule, stage: string, entries: readonly RuleEntry[]): void => {
    const last = othersIn(entries, stage, rule).at(-1)?.position ?? rule.position ?? 0;
    const name = stage === rule.on.stage ? t("board.copy", { name: rule.name }) : rule.name;
    carryOut(async () => {
      await copy(rule, name, stage, Math.max(last, rule.on.stage === stage ? (rule.position ?? 0) : last));
      return t("board.done", { name });
    });
  };
  const act: Commands["act"] = (rule, command, entries) => {
    const { stage } = rule.on;
    const others = othersIn(entries, stage, rule);
    const index = others.filter((each) => isBefore(each, rule)).length;
    switch (command.kind) {
      case "up":
        place(rule, { stage, index: index - 1 }, entries);
        break;
      case "down":
        place(rule, { stage, index: index + 1 }, entries);
        break;
      case "move":
        place(rule, { stage: command.stage, index: Number.MAX_SAFE_INTEGER }, entries);
        break;
      case "copy":
        copyTo(rule, command.stage, entries);
        break;
      case "duplicate":
        copyTo(rule, stage, entries);
        break;
      case "enable":
        carryOut(async () => {
          await enable(rule, command.on);
          return t("board.done", { name: rule.name });
        });
        break;
      case "delete":
        carryOut(async () => {
          setDeleted({ name: rule.name, back: await remove(rule) });
          return t("board.deleted", { name: rule.name });
        });
        break;
    }
  };
  return {
    act,
    drop(id, spot, entries) {
      const rule = entries.flatMap((entry) => newest(entry) ?? []).find((each) => each.id === id);
      if (rule) place(rule, spot, entries);
    },
    deleted,
    fault,
    undo() {
      if (!deleted) return;
      setDeleted(null);
      carryOut(async () => {
        await deleted.back();
        return t("board.done", { name: deleted.name });
      });
    },
  };
}

function isBefore(a: Rule, b: Rule): boolean {
  return (
    (a.position ?? 0) - (b.position ?? 0) < 0 || ((a.position ?? 0) === (b.position ?? 0) && a.id < b.id)
  );
}

/** What went wrong, and the way back from a deletion: at the foot of the window until the next deletion. */
export function Undo({ commands: { deleted, fault, undo } }: { readonly commands: Commands }) {
  if (!deleted && fault === "") return null;
  return (
    <div class="card toast">
      {fault === "" ? null : <span>{fault}</span>}
      {deleted ? (
        <>
          <span>{t("board.deleted", { name: deleted.name })}</span>
          <button type="button" class="button small" onClick={undo}>
            {t("board.undo")}
          </button>
        </>
      ) : null}
    </div>
  );
}
