// What a dialog asks before something is done that is hard to take back: what it means first, then the button.

import { Fault, useTask } from "./form";

interface QuestionProps {
  readonly text: string;
  /** On the button. */
  readonly yes: string;
  readonly act: () => Promise<unknown>;
}

export function Question({ text, yes, act }: QuestionProps) {
  const task = useTask();
  return (
    <div class="provider-form">
      <p>{text}</p>
      <Fault text={task.fault} />
      <button type="button" class="button primary" disabled={task.busy} onClick={() => task.run(act)}>
        {yes}
      </button>
    </div>
  );
}
