// All that happened to an item and all that its customers wrote, oldest first.

import { useCallback, useEffect } from "preact/hooks";
import type { TimelineEntry } from "../../api/records";
import { onChange } from "../../api/stream";
import type { Entity, Snapshot } from "../../core/types";
import { stagesOf } from "../../state/catalogue";
import { moment, t, tOr } from "../../text";
import { Link } from "../../ui/link";
import { useLoad } from "../../ui/load";
import { Wait } from "../../ui/notice";
import { readPast, type PastEntry, type Wrote as Message } from "./conversation";

interface PastProps {
  readonly entity: Entity;
  readonly id: string;
  readonly snapshot: Snapshot;
  readonly nameOf: (rule: string) => string;
}

export function Past({ entity, id, snapshot, nameOf }: PastProps) {
  const [past, reread] = useLoad(
    useCallback(() => readPast(entity.code, id, snapshot), [entity.code, id, snapshot]),
  );
  useEffect(() => onChange(reread), [reread]);
  return (
    <div>
      <h3>{t("records.timeline")}</h3>
      <Wait state={past} retry={reread}>
        {(entries) =>
          entries.length === 0 ? (
            <p class="quiet">{t("records.noTimeline")}</p>
          ) : (
            <ol class="history">
              {entries.map((entry, index) => (
                <li key={index}>
                  <Entry past={entry} entity={entity} nameOf={nameOf} />
                </li>
              ))}
            </ol>
          )
        }
      </Wait>
    </div>
  );
}

interface EntryProps extends Pick<PastProps, "entity" | "nameOf"> {
  readonly past: PastEntry;
}

function Entry({ past, entity, nameOf }: EntryProps) {
  return past.kind === "wrote" ? (
    <Wrote message={past.message} />
  ) : (
    <Happened entry={past.entry} entity={entity} nameOf={nameOf} />
  );
}

function When({ at }: { readonly at: string }) {
  return (
    <time class="quiet" dateTime={at}>
      {moment(at)}
    </time>
  );
}

function Wrote({ message }: { readonly message: Message }) {
  const { name, at, text, channel, word } = message;
  return (
    <>
      <b>{t("record.wrote", { name: name || t("record.customer") })}</b>
      <When at={at} />
      <div class="quiet">{tOr(`channel.${channel}`, channel)}</div>
      {text === "" ? null : <div class="bubble">{text}</div>}
      {word === undefined ? null : (
        <div class="pill warn">{t(word === "stop" ? "record.wordStop" : "record.wordStart")}</div>
      )}
    </>
  );
}

interface HappenedProps extends Pick<PastProps, "entity" | "nameOf"> {
  readonly entry: TimelineEntry;
}

function Happened({ entry, entity, nameOf }: HappenedProps) {
  const { at, what, text, delivery, rule, channel } = entry;
  if (what === "stage_changed") {
    const stage = stagesOf(entity, undefined).find(({ id }) => id === text)?.name ?? text ?? "";
    return (
      <>
        <b>{t("record.entered", { stage })}</b>
        <When at={at} />
      </>
    );
  }
  return (
    <>
      <b>{tOr(`status.${what}`, tOr(`happened.${what}`, what))}</b>
      <When at={at} />
      {delivery === undefined ? null : (
        <div>
          <Link to={{ page: "deliveries", key: delivery }}>
            {tOr(`channel.${channel ?? ""}`, channel ?? "")} · {nameOf(rule ?? "")}
          </Link>
        </div>
      )}
      {text ? <div class="quiet">{text}</div> : null}
    </>
  );
}
