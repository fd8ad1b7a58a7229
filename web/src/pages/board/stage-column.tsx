// One stage of the board.

import type { Route } from "../../routes";
import { ACTION_OF, CHANNELS, type ChannelChoice } from "../../rule/actions";
import type { Known } from "../../rule/words";
import { t } from "../../text";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { Popover } from "../../ui/popover";
import type { Column } from "./columns";
import { RuleCard } from "./rule-card";

interface StageColumnProps {
  readonly column: Column;
  readonly words: Known;
  readonly entity: string;
  readonly pipeline: string | undefined;
  readonly count: number | undefined;
  readonly mayAdd: boolean;
}

export function StageColumn({ column, words, entity, pipeline, count, mayAdd }: StageColumnProps) {
  const { stage, cards, known } = column;
  return (
    <section class="stage" aria-label={stage.name}>
      <h2 class="stage-name">
        {stage.name}
        {count === undefined ? null : (
          <span class="quiet">
            <span aria-hidden="true">{count}</span>
            <span class="hidden-text">{t("board.items", { n: count })}</span>
          </span>
        )}
      </h2>
      <ul class="stage-cards">
        {cards.map(({ rule, entry }) => (
          <li key={rule.id}>
            <RuleCard rule={rule} entry={entry} known={words} />
          </li>
        ))}
      </ul>
      {known && mayAdd ? (
        <AddRule stage={stage.id} name={stage.name} entity={entity} pipeline={pipeline} />
      ) : null}
    </section>
  );
}

interface AddRuleProps {
  readonly stage: string;
  readonly name: string;
  readonly entity: string;
  readonly pipeline: string | undefined;
}

function AddRule({ stage, name, entity, pipeline }: AddRuleProps) {
  const to = (channel: ChannelChoice): Route => ({ page: "new", entity, pipeline, stage, channel });
  return (
    <Popover class="add-rule" face={t("board.add")} label={t("board.addTo", { stage: name })}>
      {() => (
        <div class="add-choices">
          {CHANNELS.map((channel) => (
            <Link key={channel} class="button" to={to(channel)}>
              <Icon name={ACTION_OF[channel]} />
              {t(`channel.${ACTION_OF[channel]}`)}
            </Link>
          ))}
        </div>
      )}
    </Popover>
  );
}
