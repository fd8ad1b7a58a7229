// What the sandbox took: every message as its client would see it, the newest first, live.

import { useEffect } from "preact/hooks";
import { listSandbox, type SandboxMessage } from "../../api/deliveries";
import { onChange } from "../../api/stream";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { MessageContent } from "../../ui/message";
import { Notice, Wait } from "../../ui/notice";
import "./sandbox.css";

export function Sandbox() {
  const [messages, reload] = useLoad(listSandbox);
  useEffect(() => onChange(reload), [reload]);
  return (
    <>
      <div class="top">
        <h1>{t("sandbox.title")}</h1>
        <span class="quiet">{t("sandbox.text")}</span>
      </div>
      <Wait state={messages} retry={reload}>
        {(list) =>
          list.length === 0 ? (
            <Notice text={t("sandbox.empty")} />
          ) : (
            <ul class="sandbox-list" aria-label={t("sandbox.list")}>
              {list.map((message) => (
                <li key={message.key} class="card">
                  <Message message={message} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  );
}

function Message({ message }: { readonly message: SandboxMessage }) {
  return <MessageContent content={message.content} to={message.to.address ?? ""} at={message.at} />;
}
