// One customer's data: everything that is known, to hand over; and forgetting it for good.

import { useState } from "preact/hooks";
import {
  eraseCustomer,
  exportCustomer,
  KNOWN_OF,
  type CustomerExport,
  type WhichCustomer,
} from "../../api/customers";
import { numberWords, t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { Dialog } from "../../ui/dialog";
import { download } from "../../ui/download";
import { Fault, TextLine, useTask } from "../../ui/form";

interface Found {
  readonly which: WhichCustomer;
  readonly name: string;
  readonly known: CustomerExport;
}

export function Privacy() {
  const [by, setBy] = useState<"address" | "contact">("address");
  const [name, setName] = useState("");
  const [found, setFound] = useState<Found | null>(null);
  const [erased, setErased] = useState("");
  const task = useTask();
  const show = (event: Event): void => {
    event.preventDefault();
    setErased("");
    task.run(async () => {
      const wanted = name.trim();
      const which = by === "contact" ? { contact: wanted } : { address: wanted };
      setFound(null);
      setFound({ which, name: wanted, known: await exportCustomer(which) });
    });
  };
  return (
    <>
      <p class="settings-intro">{t("privacy.intro")}</p>
      <form class="row settings-bar privacy-form" onSubmit={show}>
        <Choice
          label={t("privacy.by")}
          value={by}
          options={[
            { value: "address", text: t("privacy.address") },
            { value: "contact", text: t("privacy.contact") },
          ]}
          onChange={(value) => setBy(value === "contact" ? "contact" : "address")}
        />
        <input
          class="field"
          required
          aria-label={t(`privacy.${by}`)}
          placeholder={by === "contact" ? "C-1" : "+49 151 23456789"}
          value={name}
          onInput={(event) => setName(event.currentTarget.value)}
        />
        <button type="submit" class="button primary" disabled={task.busy}>
          {t("privacy.show")}
        </button>
      </form>
      <Fault text={task.fault} />
      {erased === "" ? null : <p class="card settings-form good">{erased}</p>}
      {found ? (
        <Known
          found={found}
          forgotten={(text) => {
            setErased(text);
            setFound(null);
            announce(text);
          }}
        />
      ) : null}
    </>
  );
}

interface KnownProps {
  readonly found: Found;
  readonly forgotten: (text: string) => void;
}

function Known({ found, forgotten }: KnownProps) {
  const { name, known } = found;
  const [asking, setAsking] = useState(false);
  const nothing = KNOWN_OF.every((kind) => known[kind].length === 0);
  return (
    <section class="card settings-form provider-form" aria-label={t("privacy.known", { name })}>
      <h2>{t("privacy.known", { name })}</h2>
      {nothing ? (
        <p>{t("privacy.nothing")}</p>
      ) : (
        <dl class="facts privacy-facts">
          <dt>{t("privacy.addresses")}</dt>
          <dd>{known.addresses.join(", ")}</dd>
          {KNOWN_OF.map((kind) => (
            <Count key={kind} title={t(`privacy.${kind}`)} n={known[kind].length} />
          ))}
        </dl>
      )}
      <div class="row">
        <button
          type="button"
          class="button"
          onClick={() => download("customer.json", JSON.stringify(known, null, 1), "application/json")}
        >
          {t("privacy.download")}
        </button>
        <button type="button" class="button danger" onClick={() => setAsking(true)}>
          {t("privacy.erase")}
        </button>
      </div>
      {asking ? (
        <Dialog narrow title={t("privacy.eraseTitle", { name })} close={() => setAsking(false)}>
          <Forget found={found} forgotten={forgotten} />
        </Dialog>
      ) : null}
    </section>
  );
}

function Count({ title, n }: { readonly title: string; readonly n: number }) {
  return (
    <>
      <dt>{title}</dt>
      <dd>{numberWords(n)}</dd>
    </>
  );
}

/** Nobody does this by one click too many: the name has to be typed again. */
function Forget({ found: { which, name }, forgotten }: KnownProps) {
  const [typed, setTyped] = useState("");
  const task = useTask();
  const forget = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      const { records, deliveries, addresses } = await eraseCustomer(which);
      forgotten(t("privacy.erased", { records, deliveries, addresses }));
    });
  };
  return (
    <form class="provider-form" onSubmit={forget}>
      <p>{t("privacy.eraseText")}</p>
      <TextLine label={t("privacy.confirm", { name })} value={typed} onChange={setTyped} />
      <Fault text={task.fault} />
      <button type="submit" class="button danger" disabled={task.busy || typed.trim() !== name}>
        {t("privacy.eraseNow")}
      </button>
    </form>
  );
}
