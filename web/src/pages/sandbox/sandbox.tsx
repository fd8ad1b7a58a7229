// What the sandbox took: every message as its client would see it, the newest first, live.

import { useEffect } from "preact/hooks";
import { listSandbox, type SandboxMessage } from "../../api/deliveries";
import { onChange } from "../../api/stream";
import type { Workspace } from "../../core/types";
import { templateWords } from "../../state/ways";
import { t } from "../../text";
import { useLoad } from "../../ui/load";
import { MessageContent } from "../../ui/message";
import { Notice, Wait } from "../../ui/notice";
import "./sandbox.css";

export function Sandbox({ workspace }: { readonly workspace: Workspace }) {
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
                  <Message message={message} workspace={workspace} />
                </li>
              ))}
            </ul>
          )
        }
      </Wait>
    </>
  );
}

interface MessageProps {
  readonly message: SandboxMessage;
  readonly workspace: Workspace;
}

function Message({ message, workspace }: MessageProps) {
  const { content, to, at } = message;
  const words = templateWords(workspace, message);
  return <MessageContent content={content} words={words} to={to.address ?? ""} at={at} />;
}
