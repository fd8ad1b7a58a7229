// What goes with a message: files in fields of the item, and files of the store, which may be uploaded here.

import { useCallback, useState } from "preact/hooks";
import type { StoredFile } from "../../api/files";
import { problemText } from "../../state/problem";
import type { Attachment } from "../../core/types";
import { fileFields, humanise } from "../../liquid/variables";
import { fieldWords } from "../../rule/words";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Icon } from "../../ui/icons";
import { useLoad } from "../../ui/load";
import { Popover } from "../../ui/popover";
import type { FormProps } from "./form";

interface AttachmentsProps {
  readonly form: FormProps;
  readonly list: readonly Attachment[];
  readonly change: (list: readonly Attachment[]) => void;
}

const keyOf = (attachment: Attachment): string =>
  "field" in attachment ? `field ${attachment.field}` : `file ${attachment.file}`;

export function Attachments({ form, list, change }: AttachmentsProps) {
  const { known, readOnly } = form;
  const words = (each: Attachment): string =>
    "field" in each ? t("attach.ofItem", { field: fieldWords(known, each.field) }) : each.file;
  const add = (attachment: Attachment): void => {
    if (!list.some((each) => keyOf(each) === keyOf(attachment))) change([...list, attachment]);
  };
  return (
    <div class="card-part attachments" role="group" aria-label={t("attach.title")}>
      <h3>{t("attach.title")}</h3>
      {list.length === 0 ? <span class="quiet">{t("attach.none")}</span> : null}
      <ul>
        {list.map((each) => (
          <li key={keyOf(each)} class="chip">
            <Icon name="clip" />
            {words(each)}
            {readOnly ? null : (
              <button
                type="button"
                aria-label={t("attach.remove", { name: words(each) })}
                onClick={() => change(list.filter((other) => other !== each))}
              >
                <Icon name="close" />
              </button>
            )}
          </li>
        ))}
      </ul>
      {readOnly ? null : (
        <Popover class="button small" face={t("attach.add")} label={t("attach.add")}>
          {(close) => (
            <Choices
              form={form}
              add={(attachment) => {
                close();
                add(attachment);
              }}
            />
          )}
        </Popover>
      )}
    </div>
  );
}

interface ChoicesProps {
  readonly form: FormProps;
  readonly add: (attachment: Attachment) => void;
}

function Choices({ form, add }: ChoicesProps) {
  const { known, rule, files } = form;
  const { entity } = rule.on;
  const fields = fileFields(known.schema, entity);
  return (
    <div class="values">
      <section aria-label={t("attach.fields")}>
        <h3>{t("attach.fields")}</h3>
        {fields.length === 0 ? <p class="quiet">{t("attach.noFields")}</p> : null}
        <ul>
          {fields.map(({ name, title }) => (
            <li key={name}>
              <button type="button" class="value" onClick={() => add({ field: `${entity}.${name}` })}>
                {title ?? humanise(name)}
              </button>
            </li>
          ))}
        </ul>
      </section>
      {files ? <Store files={files} add={add} /> : null}
    </div>
  );
}

interface StoreProps {
  readonly files: NonNullable<FormProps["files"]>;
  readonly add: (attachment: Attachment) => void;
}

function Store({ files, add }: StoreProps) {
  const [stored] = useLoad<readonly StoredFile[]>(useCallback(() => files.list(), [files]));
  const [busy, setBusy] = useState(false);
  const upload = (file: File | undefined): void => {
    if (!file) return;
    setBusy(true);
    files
      .upload(file)
      .then(
        ({ name }) => add({ file: name }),
        (error: unknown) => announce(problemText(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <section aria-label={t("attach.store")}>
      <h3>{t("attach.store")}</h3>
      <ul>
        {(stored.kind === "ready" ? stored.value : []).map(({ name }) => (
          <li key={name}>
            <button type="button" class="value" onClick={() => add({ file: name })}>
              {name}
            </button>
          </li>
        ))}
      </ul>
      <label class="stacked">
        {t("attach.upload")}
        <input type="file" disabled={busy} onChange={(event) => upload(event.currentTarget.files?.[0])} />
      </label>
    </section>
  );
}
