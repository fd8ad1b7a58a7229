// The providers: connected, paused, tried out.

import { useCallback, useEffect, useState } from "preact/hooks";
import { problemText } from "../../api/http";
import {
  deleteProvider,
  getPaused,
  listProviderKinds,
  listProviders,
  setPaused,
  type StoredProvider,
} from "../../api/settings";
import { onChange } from "../../api/stream";
import type { Session } from "../../api/workspace";
import { mayOperate, mayWrite } from "../../state/catalogue";
import { t } from "../../text";
import { announce } from "../../ui/announce";
import { useLoad } from "../../ui/load";
import { Dialog } from "../../ui/dialog";
import { Notice, Wait } from "../../ui/notice";
import { Question } from "../../ui/question";
import { kindWords, ProviderForm } from "./provider-form";
import { ProviderTest } from "./provider-test";

type Open =
  | { readonly kind: "form"; readonly provider: StoredProvider | null }
  | { readonly kind: "test"; readonly provider: StoredProvider }
  | { readonly kind: "remove"; readonly provider: StoredProvider };

async function readAll() {
  const [providers, kinds, paused] = await Promise.all([listProviders(), listProviderKinds(), getPaused()]);
  return { providers, kinds, paused };
}

export function Providers({ session }: { readonly session: Session }) {
  const [state, reload] = useLoad(useCallback(readAll, []));
  const [open, setOpen] = useState<Open | null>(null);
  const admin = session.role === "admin";
  useEffect(() => onChange(reload), [reload]);
  const ended = (): void => {
    setOpen(null);
    reload();
  };
  const pause = (paused: boolean, id?: string): void => {
    setPaused(paused, id).then(
      () => {
        announce(t(paused ? "settings.isPaused" : "settings.isResumed"));
        reload();
      },
      (error: unknown) => announce(problemText(error)),
    );
  };
  return (
    <Wait state={state} retry={reload}>
      {({ providers, kinds, paused }) => (
        <>
          <div class="row settings-bar">
            {paused.all ? <span class="pill warn">{t("settings.allPaused")}</span> : null}
            {mayOperate(session) ? (
              <button type="button" class="button" onClick={() => pause(!paused.all)}>
                {t(paused.all ? "settings.resumeAll" : "settings.pauseAll")}
              </button>
            ) : null}
            <span class="grow" />
            {admin ? (
              <button
                type="button"
                class="button primary"
                onClick={() => setOpen({ kind: "form", provider: null })}
              >
                {t("settings.connect")}
              </button>
            ) : null}
          </div>
          {providers.length === 0 ? <Notice text={t("settings.noProviders")} /> : null}
          <ul class="card settings-list">
            {providers.map((provider) => (
              <li key={provider.id} class="row">
                <b>{provider.id}</b>
                <span class="quiet">{kindWords(provider.kind)}</span>
                {provider.paused ? <span class="pill warn">{t("settings.paused")}</span> : null}
                <span class="grow" />
                <ProviderCommands session={session} provider={provider} pause={pause} open={setOpen} />
              </li>
            ))}
          </ul>
          {open === null ? null : (
            <Dialog narrow title={titleOf(open)} close={() => setOpen(null)}>
              {open.kind === "form" ? (
                <ProviderForm kinds={kinds} provider={open.provider} done={ended} />
              ) : open.kind === "test" ? (
                <ProviderTest provider={open.provider} />
              ) : (
                <Question
                  text={t("settings.removeText")}
                  yes={t("settings.removeNow")}
                  act={() => deleteProvider(open.provider.id).then(ended)}
                />
              )}
            </Dialog>
          )}
        </>
      )}
    </Wait>
  );
}

function titleOf({ kind, provider }: Open): string {
  const name = provider?.id ?? "";
  if (kind === "form") return provider ? t("settings.change", { name }) : t("settings.connect");
  return t(kind === "test" ? "settings.testTitle" : "settings.removeTitle", { name });
}

interface ProviderCommandsProps {
  readonly session: Session;
  readonly provider: StoredProvider;
  readonly pause: (paused: boolean, id: string) => void;
  readonly open: (what: Open) => void;
}

function ProviderCommands({ session, provider, pause, open }: ProviderCommandsProps) {
  const button = (words: string, act: () => void) => (
    <button type="button" class="button small" aria-label={`${words}, ${provider.id}`} onClick={act}>
      {words}
    </button>
  );
  return (
    <>
      {mayWrite(session) ? button(t("settings.test"), () => open({ kind: "test", provider })) : null}
      {mayOperate(session)
        ? button(t(provider.paused ? "settings.resume" : "settings.pause"), () =>
            pause(!provider.paused, provider.id),
          )
        : null}
      {session.role === "admin" ? button(t("settings.edit"), () => open({ kind: "form", provider })) : null}
      {session.role === "admin"
        ? button(t("settings.remove"), () => open({ kind: "remove", provider }))
        : null}
    </>
  );
}
