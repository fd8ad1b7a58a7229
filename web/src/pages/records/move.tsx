// Moving an item to another stage: choose, see what would go out, then do it.

import { useMemo, useState } from "preact/hooks";
import { moveRecord } from "../../api/records";
import type { Entry } from "../../core/foresight-types";
import type { Stage } from "../../core/types";
import type { Catalogue } from "../../state/catalogue";
import { templateWords } from "../../state/ways";
import { moment, t, tOr } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Fault, useTask } from "../../ui/form";
import { Wait } from "../../ui/notice";
import { useForesight, type Move } from "./foresight";

interface MovePanelProps {
  /** Where it stands now; `to` is what is proposed first. */
  readonly move: Move;
  readonly title: string;
  readonly stages: readonly Stage[];
  readonly known: Catalogue;
  readonly nameOf: (rule: string) => string;
  readonly done: () => void;
}

export function MovePanel({ move, title, stages, known, nameOf, done }: MovePanelProps) {
  const [to, setTo] = useState(move.to);
  const task = useTask();
  const chosen = useMemo(() => ({ ...move, to }), [move, to]);
  const stageName = stages.find(({ id }) => id === to)?.name ?? to;
  const carryOut = (): void =>
    task.run(async () => {
      await moveRecord(move.entity, move.id, to);
      announce(t("records.moved", { item: title, stage: stageName }));
      done();
    });
  return (
    <div class="move-panel">
      <Choice
        label={t("records.moveTo")}
        value={to}
        options={stages
          .filter(({ id }) => id !== move.from)
          .map(({ id, name }) => ({ value: id, text: name }))}
        onChange={setTo}
      />
      <Consequences move={chosen} known={known} nameOf={nameOf} />
      <Fault text={task.fault} />
      <button type="button" class="button primary" disabled={task.busy} onClick={carryOut}>
        {t("records.moveNow", { stage: stageName })}
      </button>
    </div>
  );
}

interface ConsequencesProps {
  readonly move: Move;
  readonly known: Catalogue;
  readonly nameOf: (rule: string) => string;
}

function Consequences({ move, known, nameOf }: ConsequencesProps) {
  const [state, again] = useForesight(move, known);
  return (
    <section class="consequences" aria-label={t("records.foreseen")} aria-live="polite">
      <h3>{t("records.foreseen")}</h3>
      <Wait state={state} retry={again}>
        {(entries) =>
          entries.length === 0 ? (
            <p class="quiet">{t("records.foreseenNothing")}</p>
          ) : (
            <ul>
              {entries.map((entry, index) => (
                <li key={index}>
                  <Consequence entry={entry} known={known} nameOf={nameOf} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </section>
  );
}

interface ConsequenceProps extends Pick<ConsequencesProps, "known" | "nameOf"> {
  readonly entry: Entry;
}

function Consequence({ entry, known, nameOf }: ConsequenceProps) {
  if ("error" in entry) return <p class="bad">{entry.error.message}</p>;
  if ("reason" in entry) {
    return (
      <>
        <span class="pill">{t("status.skipped")}</span> <b>{nameOf(entry.rule)}</b>
        <p class="quiet">{entry.message ?? entry.reason}</p>
      </>
    );
  }
  const { content, to } = entry;
  const words = content.subject ?? content.text ?? content.say?.text;
  return (
    <>
      <span class="pill good">{tOr(`channel.${entry.channel}`, entry.channel)}</span>{" "}
      <b>{nameOf(entry.rule)}</b>{" "}
      <span class="quiet">
        {to.address ?? ""} · {moment(entry.at)}
      </span>
      <p class="consequence-words">
        {words ?? templateWords(known.workspace, entry) ?? content.template ?? ""}
      </p>
    </>
  );
}
