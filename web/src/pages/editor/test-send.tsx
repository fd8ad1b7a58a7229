// Sending the rule to oneself: written for the client in the preview, sent to another address.

import { useState } from "preact/hooks";
import type { ActionType } from "../../core/types";
import { problemText } from "../../state/problem";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { Popover } from "../../ui/popover";
import type { Draft } from "./draft";
import type { EditorHost } from "./host";

interface TestSendProps {
  readonly draft: Draft;
  readonly sendTest: NonNullable<EditorHost["sendTest"]>;
  /** Whose message. */
  readonly record: string | null;
}

const FIELD: Readonly<Record<ActionType, "email" | "tel" | "text">> = {
  send_sms: "tel",
  send_email: "email",
  make_call: "tel",
  send_chat_message: "text",
  send_whatsapp: "tel",
  invite_to_messenger: "tel",
};

export function TestSend({ draft, sendTest, record }: TestSendProps) {
  const [to, setTo] = useState("");
  const [said, setSaid] = useState("");
  const send = async (id: string): Promise<void> => {
    setSaid("");
    // What is sent is what the service holds.
    if (draft.dirty.peek()) await draft.save(false);
    const { kind } = draft.saveState.peek();
    if (kind === "failed" || kind === "conflict") return;
    const words = await sendTest(draft.rule.peek().id, id, to.trim()).then(
      () => t("test.sent", { to: to.trim() }),
      problemText,
    );
    setSaid(words);
    announce(words);
  };
  return (
    <Popover class="button" face={t("test.face")} label={t("test.face")}>
      {() => (
        <form
          class="panel"
          onSubmit={(event) => {
            event.preventDefault();
            if (record !== null) void send(record);
          }}
        >
          <label class="stacked">
            {t("test.to")}
            <input
              class="field"
              required
              inputMode={FIELD[draft.rule.value.action.type]}
              value={to}
              onInput={(event) => setTo(event.currentTarget.value)}
            />
          </label>
          <p class="quiet">{t("test.note")}</p>
          <button type="submit" class="button small" disabled={record === null}>
            {t("test.send")}
          </button>
          {said === "" ? null : <p>{said}</p>}
        </form>
      )}
    </Popover>
  );
}
