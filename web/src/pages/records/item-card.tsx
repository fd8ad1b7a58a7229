// One item on the records' board. It is dragged to another stage, or moved from its menu by keyboard.

import type { CrmRecord } from "../../api/records";
import { t } from "../../text";
import { Link } from "../../ui/link";
import { headingOf } from "./facts";

export const DRAGGED = "application/x-recado-record";

interface ItemCardProps {
  readonly record: CrmRecord;
  readonly mayMove: boolean;
  /** Opens the panel for a move. */
  readonly move: (record: CrmRecord) => void;
}

export function ItemCard({ record, mayMove, move }: ItemCardProps) {
  const { entity, pipeline, id } = record;
  const { title, client, amount } = headingOf(record, entity);
  const drag = (event: DragEvent): void => {
    event.dataTransfer?.setData(DRAGGED, record.id);
    if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  };
  return (
    <article class="card item-card" draggable={mayMove} onDragStart={drag}>
      <Link to={{ page: "records", entity, pipeline, id }} class="item-title">
        {title}
      </Link>
      {client === "" ? null : <span>{client}</span>}
      <span class="item-line">
        <span class="quiet">{amount}</span>
        <span class="grow" />
        {mayMove ? (
          <button
            type="button"
            class="button small"
            aria-label={t("records.moveTitle", { item: title })}
            onClick={() => move(record)}
          >
            {t("records.move")}
          </button>
        ) : null}
      </span>
    </article>
  );
}
