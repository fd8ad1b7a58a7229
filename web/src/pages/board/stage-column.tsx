// One stage of the board.

import type { Rule, Stage } from "../../core/types";
import type { Route } from "../../routes";
import { ACTION_OF, RULE_GROUPS, type ChannelChoice } from "../../rule/actions";
import type { Known } from "../../rule/words";
import { t } from "../../text";
import { Icon } from "../../ui/icons";
import { Link } from "../../ui/link";
import { Popover } from "../../ui/popover";
import type { Spot } from "./actions";
import { CardMenu, type CardCommand } from "./card-menu";
import type { Column } from "./columns";
import { dragged, indexAt } from "./drag";
import { RuleCard } from "./rule-card";
import type { Week } from "./week";

interface StageColumnProps {
  readonly column: Column;
  readonly words: Known;
  readonly entity: string;
  readonly pipeline: string | undefined;
  readonly count: number | undefined;
  readonly week: Week;
  readonly mayAdd: boolean;
  readonly stages: readonly Stage[];
  readonly act: (rule: Rule, command: CardCommand) => void;
  readonly drop: (id: string, spot: Spot) => void;
}

export function StageColumn(props: StageColumnProps) {
  const { column, words, entity, pipeline, count, week, mayAdd, stages, act, drop } = props;
  const { stage, cards, known } = column;
  const takes = known && mayAdd;
  return (
    <section
      class="stage"
      aria-label={stage.name}
      onDragOver={(event) => {
        if (takes && dragged.value !== null) event.preventDefault();
      }}
      onDrop={(event) => {
        const id = dragged.value;
        if (!takes || id === null) return;
        event.preventDefault();
        drop(id, { stage: stage.id, index: indexAt(event.currentTarget, event.clientY, id) });
      }}
    >
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
        {cards.map(({ rule, entry }, index) => (
          <li key={rule.id}>
            <RuleCard
              rule={rule}
              entry={entry}
              known={words}
              outcomes={week.get(rule.id)}
              menu={
                mayAdd ? (
                  <CardMenu
                    rule={rule}
                    stages={stages}
                    first={index === 0}
                    last={index === cards.length - 1}
                    act={(command) => act(rule, command)}
                  />
                ) : null
              }
            />
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
      {() =>
        RULE_GROUPS.map(({ id, channels }) => (
          <section key={id} class="add-choices" aria-label={t(`board.group.${id}`)}>
            <h3>{t(`board.group.${id}`)}</h3>
            {channels.map((channel) => (
              <Link key={channel} class="button" to={to(channel)}>
                <Icon name={ACTION_OF[channel]} />
                {t(`channel.${ACTION_OF[channel]}`)}
              </Link>
            ))}
          </section>
        ))
      }
    </Popover>
  );
}
