// Putting one address on the list, or a whole file of them; and taking one off.

import { useState } from "preact/hooks";
import {
  addSuppression,
  importSuppressions,
  liftSuppression,
  type ListReport,
  type Suppression,
} from "../../api/suppressions";
import { csv } from "../../text/csv";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Choice } from "../../ui/choice";
import { download } from "../../ui/download";
import { FileLine } from "../../ui/file-line";
import { Fault, TextLine, useTask } from "../../ui/form";
import { Question } from "../../ui/question";

const CHANNELS = ["sms", "email", "call", "chat", "whatsapp"] as const;

function ChannelChoice(props: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (channel: string) => void;
}) {
  const options = CHANNELS.map((value) => ({ value, text: t(`channel.${value}`) }));
  return <Choice {...props} options={[{ value: "", text: t("form.every") }, ...options]} />;
}

export function AddSuppression({ done }: { readonly done: () => void }) {
  const [address, setAddress] = useState("");
  const [channel, setChannel] = useState("");
  const [reason, setReason] = useState("");
  const task = useTask();
  const add = (event: Event): void => {
    event.preventDefault();
    task.run(async () => {
      await addSuppression(address.trim(), channel, reason.trim());
      announce(t("never.added", { address: address.trim() }));
      done();
    });
  };
  return (
    <form class="provider-form" onSubmit={add}>
      <TextLine label={t("never.address")} required value={address} onChange={setAddress} />
      <ChannelChoice label={t("find.channel")} value={channel} onChange={setChannel} />
      <TextLine label={t("never.reason")} value={reason} onChange={setReason} />
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy}>
        {t("never.addNow")}
      </button>
    </form>
  );
}

export function SuppressionList({ changed }: { readonly changed: () => void }) {
  const [file, setFile] = useState<File | null>(null);
  const [channel, setChannel] = useState("");
  const [report, setReport] = useState<ListReport | null>(null);
  const task = useTask();
  const take = (event: Event): void => {
    event.preventDefault();
    if (!file) return;
    task.run(async () => {
      setReport(await importSuppressions(file, channel));
      changed();
    });
  };
  return (
    <form class="provider-form" onSubmit={take}>
      <p class="quiet">{t("never.import.text")}</p>
      <FileLine accept=".csv,.txt,.ndjson,.jsonl" choose={setFile} />
      <ChannelChoice label={t("never.import.channel")} value={channel} onChange={setChannel} />
      <Fault text={task.fault} />
      <button type="submit" class="button primary" disabled={task.busy || !file}>
        {t("never.addNow")}
      </button>
      <div role="status">{report ? <Report report={report} /> : null}</div>
    </form>
  );
}

function Report({ report: { added, known, bad, rows } }: { readonly report: ListReport }) {
  const table = [["line", "code", "reason"], ...rows.map((row) => [String(row.line), row.code, row.message])];
  return (
    <>
      <p>{t("never.import.done", { added, known, bad })}</p>
      {rows.length === 0 ? null : (
        <>
          <ul class="bad-rows">
            {rows.map(({ line, message }) => (
              <li key={line}>
                <b>{t("file.line", { n: line })}</b> {message}
              </li>
            ))}
          </ul>
          <button
            type="button"
            class="button small"
            onClick={() => download("recado-list-report.csv", csv(table))}
          >
            {t("file.report")}
          </button>
        </>
      )}
    </>
  );
}

/** What speaks against it is said first. */
export function Lift({
  suppression,
  done,
}: {
  readonly suppression: Suppression;
  readonly done: () => void;
}) {
  const { address } = suppression;
  const lift = async (): Promise<void> => {
    await liftSuppression(suppression);
    announce(t("never.lifted", { address }));
    done();
  };
  return <Question text={t("never.liftText")} yes={t("never.liftNow")} act={lift} />;
}
