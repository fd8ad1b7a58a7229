// What can be done to a rule from its card; the same as by dragging, and more, for keyboard and screen reader.

import type { Rule, Stage } from "../../core/types";
import { t } from "../../text";
import { Choice } from "../../ui/choice";
import { Icon } from "../../ui/icons";
import { Popover } from "../../ui/popover";

export type CardCommand =
  | { readonly kind: "up" | "down" | "duplicate" | "delete" }
  | { readonly kind: "move" | "copy"; readonly stage: string }
  | { readonly kind: "enable"; readonly on: boolean };

interface CardMenuProps {
  readonly rule: Rule;
  readonly stages: readonly Stage[];
  readonly first: boolean;
  readonly last: boolean;
  readonly act: (command: CardCommand) => void;
}

export function CardMenu({ rule, stages, first, last, act }: CardMenuProps) {
  const on = rule.enabled === false;
  const others = stages
    .filter(({ id }) => id !== rule.on.stage)
    .map(({ id, name }) => ({ value: id, text: name }));
  const blank = { value: "", text: t("pick.choose") };
  return (
    <Popover class="card-menu" face={<Icon name="more" />} label={t("board.menu", { name: rule.name })}>
      {(close) => {
        const give = (command: CardCommand): void => {
          close();
          act(command);
        };
        const button = (text: string, command: CardCommand, disabled = false) => (
          <button type="button" class="value" disabled={disabled} onClick={() => give(command)}>
            {text}
          </button>
        );
        return (
          <div class="values">
            <div>
              {button(t("board.up"), { kind: "up" }, first)}
              {button(t("board.down"), { kind: "down" }, last)}
              {button(t("board.duplicate"), { kind: "duplicate" })}
              {button(t(on ? "board.on" : "board.off"), { kind: "enable", on })}
              {button(t("board.delete"), { kind: "delete" })}
            </div>
            {(["move", "copy"] as const).map((kind) => (
              <label key={kind} class="stacked">
                {t(`board.${kind}To`)}
                <Choice
                  label={t(`board.${kind}To`)}
                  value=""
                  options={[blank, ...others]}
                  onChange={(stage) => give({ kind, stage })}
                />
              </label>
            ))}
          </div>
        );
      }}
    </Popover>
  );
}
