// A view that has nothing to show yet, or cannot: says so, and what to do about it.

import type { ComponentChildren } from "preact";
import type { Loading } from "../state/known";
import { t } from "../text";

interface NoticeProps {
  readonly title?: string;
  readonly text: string;
  readonly children?: ComponentChildren;
}

export function Notice({ title, text, children }: NoticeProps) {
  return (
    <div class="card notice">
      {title === undefined ? null : <h2>{title}</h2>}
      <p>{text}</p>
      {children}
    </div>
  );
}

interface WaitProps<T> {
  readonly state: Loading<T>;
  readonly retry: () => void;
  /** Keeps the place of the child until it is there; words unless given. */
  readonly meanwhile?: ComponentChildren;
  readonly children: (value: T) => ComponentChildren;
}

/** Shows its child once the value is there. */
export function Wait<T>({ state, retry, meanwhile, children }: WaitProps<T>) {
  if (state.kind === "ready") return <>{children(state.value)}</>;
  if (state.kind === "loading") return <>{meanwhile ?? <p class="quiet loading">{t("app.loading")}</p>}</>;
  return (
    <Notice text={state.message}>
      <button type="button" class="button" onClick={retry}>
        {t("app.retry")}
      </button>
    </Notice>
  );
}
