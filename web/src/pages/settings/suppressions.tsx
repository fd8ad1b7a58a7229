// Addresses that are never written to: looked up, added one by one or as a list, taken off.

import { useCallback, useState } from "preact/hooks";
import { listSuppressions, SUPPRESSION_KINDS, type Suppression } from "../../api/suppressions";
import { moment, t, tOr } from "../../text";
import { Choice } from "../../ui/choice";
import { Dialog } from "../../ui/dialog";
import { Link } from "../../ui/link";
import { useLoad } from "../../ui/load";
import { Notice, Wait } from "../../ui/notice";
import { SearchField } from "../../ui/search-field";
import { AddSuppression, Lift, SuppressionList } from "./suppression-forms";

type Open =
  | { readonly kind: "add" }
  | { readonly kind: "list" }
  | { readonly kind: "lift"; readonly suppression: Suppression };

export function Suppressions({ mayChange }: { readonly mayChange: boolean }) {
  const [address, setAddress] = useState("");
  const [kind, setKind] = useState("");
  const [after, setAfter] = useState<readonly string[]>([]);
  const cursor = after.at(-1);
  const [page, reload] = useLoad(
    useCallback(() => listSuppressions(address, kind, cursor), [address, kind, cursor]),
  );
  const [open, setOpen] = useState<Open | null>(null);
  const ended = (): void => {
    setOpen(null);
    reload();
  };
  return (
    <>
      <p class="settings-intro">{t("never.intro")}</p>
      <div class="row settings-bar">
        <Find
          find={(wanted) => {
            setAfter([]);
            setAddress(wanted);
          }}
        />
        <Choice
          label={t("never.kind")}
          value={kind}
          options={[
            { value: "", text: t("never.anyKind") },
            ...SUPPRESSION_KINDS.map((value) => ({ value, text: t(`never.${value}`) })),
          ]}
          onChange={(value) => {
            setAfter([]);
            setKind(value);
          }}
        />
        <span class="grow" />
        {mayChange ? (
          <>
            <button type="button" class="button" onClick={() => setOpen({ kind: "list" })}>
              {t("never.import.title")}
            </button>
            <button type="button" class="button primary" onClick={() => setOpen({ kind: "add" })}>
              {t("never.add")}
            </button>
          </>
        ) : null}
      </div>
      <Wait state={page} retry={reload}>
        {({ suppressions, next }) =>
          suppressions.length === 0 ? (
            <Notice text={t(address === "" && kind === "" ? "never.empty" : "never.notFound")} />
          ) : (
            <>
              <ul class="card settings-list">
                {suppressions.map((each) => (
                  <li key={`${each.address} ${each.channel ?? ""}`} class="row">
                    <Entry
                      suppression={each}
                      lift={mayChange ? () => setOpen({ kind: "lift", suppression: each }) : undefined}
                    />
                  </li>
                ))}
              </ul>
              {next === null ? null : (
                <button type="button" class="button more" onClick={() => setAfter([...after, next])}>
                  {t("deliveries.more")}
                </button>
              )}
            </>
          )
        }
      </Wait>
      {open === null ? null : (
        <Dialog narrow title={titleOf(open)} close={() => setOpen(null)}>
          {open.kind === "add" ? (
            <AddSuppression done={ended} />
          ) : open.kind === "list" ? (
            <SuppressionList changed={reload} />
          ) : (
            <Lift suppression={open.suppression} done={ended} />
          )}
        </Dialog>
      )}
    </>
  );
}

function titleOf(open: Open): string {
  if (open.kind === "lift") return t("never.liftTitle", { address: open.suppression.address });
  return t(open.kind === "add" ? "never.add" : "never.import.title");
}

function Find({ find }: { readonly find: (address: string) => void }) {
  const [typed, setTyped] = useState("");
  return (
    <form
      class="row"
      role="search"
      onSubmit={(event) => {
        event.preventDefault();
        find(typed.trim());
      }}
    >
      <SearchField
        label={t("never.find")}
        value={typed}
        onChange={(value) => {
          setTyped(value);
          if (value === "") find("");
        }}
      />
      <button type="submit" class="button">
        {t("never.findNow")}
      </button>
    </form>
  );
}

interface EntryProps {
  readonly suppression: Suppression;
  /** Absent where this person may not. */
  readonly lift: (() => void) | undefined;
}

function Entry({ suppression, lift }: EntryProps) {
  const { address, channel, kind, reason, by, created_at: at, delivery } = suppression;
  return (
    <>
      <b class="address">{address}</b>
      <span class="quiet">{channel === null ? t("form.every") : tOr(`channel.${channel}`, channel)}</span>
      {delivery === undefined ? (
        <span class="pill">{t(`never.${kind}`)}</span>
      ) : (
        <Link class="pill" to={{ page: "deliveries", key: delivery }}>
          {t(`never.${kind}`)}
        </Link>
      )}
      {reason === "" || reason === kind ? null : <span>{reason}</span>}
      <span class="grow" />
      <span class="quiet">
        {t("form.from", { name: by })} · <time dateTime={at}>{moment(at)}</time>
      </span>
      {lift ? (
        <button
          type="button"
          class="button small"
          aria-label={`${t("never.lift")}, ${address}`}
          onClick={lift}
        >
          {t("never.lift")}
        </button>
      ) : null}
    </>
  );
}
