// The items of a pipeline, a column a stage.

import { useState } from "preact/hooks";
import type { CrmRecord } from "../../api/records";
import type { Stage } from "../../core/types";
import { t } from "../../text";
import { DRAGGED, ItemCard } from "./item-card";

interface ItemBoardProps {
  readonly stages: readonly Stage[];
  readonly records: readonly CrmRecord[];
  readonly mayMove: boolean;
  /** A wish to move; without `to` the stage is still to be chosen. */
  readonly move: (record: CrmRecord, to?: string) => void;
}

export function ItemBoard({ stages, records, mayMove, move }: ItemBoardProps) {
  const dropped = (id: string, stage: string): void => {
    const record = records.find((each) => each.id === id);
    if (record && record.stage !== stage) move(record, stage);
  };
  return (
    <div class="board" role="region" aria-label={t("records.label")} tabIndex={0}>
      {stages.map((stage) => (
        <ItemColumn
          key={stage.id}
          stage={stage}
          records={records.filter((record) => record.stage === stage.id)}
          mayMove={mayMove}
          move={move}
          dropped={(id) => dropped(id, stage.id)}
        />
      ))}
    </div>
  );
}

interface ItemColumnProps {
  readonly stage: Stage;
  readonly records: readonly CrmRecord[];
  readonly mayMove: boolean;
  readonly move: (record: CrmRecord) => void;
  readonly dropped: (id: string) => void;
}

function ItemColumn({ stage, records, mayMove, move, dropped }: ItemColumnProps) {
  const [over, setOver] = useState(false);
  const hover = (event: DragEvent): void => {
    if (!mayMove || !event.dataTransfer?.types.includes(DRAGGED)) return;
    event.preventDefault(); // it may be dropped here
    setOver(true);
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const id = event.dataTransfer?.getData(DRAGGED) ?? "";
    if (id !== "") dropped(id);
  };
  return (
    <section
      class={over ? "stage is-target" : "stage"}
      aria-label={stage.name}
      onDragOver={hover}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <h2 class="stage-name">
        {stage.name}
        <span class="quiet">
          <span aria-hidden="true">{records.length}</span>
          <span class="hidden-text">{t("board.items", { n: records.length })}</span>
        </span>
      </h2>
      <ul class="stage-cards">
        {records.map((record) => (
          <li key={record.id}>
            <ItemCard record={record} mayMove={mayMove} move={move} />
          </li>
        ))}
      </ul>
    </section>
  );
}
