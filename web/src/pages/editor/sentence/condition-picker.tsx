// The rule's conditions: a group of comparisons and of further groups, all or any of which must hold.

import { useMemo } from "preact/hooks";
import type { Conditions, Test } from "../../../core/types";
import { variableGroups, type VariableGroup } from "../../../liquid/variables";
import { makeGroup, MOST_DEEP, modeOf, nodesOf, isTest, replaceAt } from "../../../rule/conditions";
import type { Mode, Node, Path } from "../../../rule/conditions";
import { withConditions } from "../../../rule/edit";
import { conditionWords } from "../../../rule/words";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Popover } from "../../../ui/popover";
import { ConditionRow } from "./condition-row";
import type { SentenceProps } from "./sentence";

const MODES: readonly Mode[] = ["all", "any"];

export function ConditionPicker({ rule, known, readOnly, edit }: SentenceProps) {
  const words = conditionWords(known, rule.conditions);
  const { entity } = rule.on;
  const groups = useMemo(() => variableGroups(known.schema, entity, null), [known.schema, entity]);
  if (readOnly) return <b>{words}</b>;
  const tree = rule.conditions ?? { all: [] };
  const put = (path: Path, node: Node | null): void =>
    edit(withConditions(rule, replaceAt(tree, path, node)));
  return (
    <Popover class="pick" face={words} label={`${t("condition.title")}: ${words}`}>
      {() => (
        <div class="panel">
          <b>{t("condition.title")}</b>
          {nodesOf(tree).length === 0 ? <p class="quiet">{t("condition.none")}</p> : null}
          <Group group={tree} path={[]} place="" fields={groups} put={put} />
        </div>
      )}
    </Popover>
  );
}

interface GroupProps {
  readonly group: Conditions;
  readonly path: Path;
  /** "2.1": which condition of which group, for names of controls. */
  readonly place: string;
  readonly fields: readonly VariableGroup[];
  readonly put: (path: Path, node: Node | null) => void;
}

function Group({ group, path, place, fields, put }: GroupProps) {
  const nodes = nodesOf(group);
  const mode = modeOf(group);
  const fresh: Test = { field: fields[0]?.variables[0]?.path ?? "id", op: "not_empty" };
  const add = (node: Node): void => put(path, makeGroup(mode, [...nodes, node]));
  const numbered = (index: number): string => (place === "" ? `${index + 1}` : `${place}.${index + 1}`);
  return (
    <div class="condition-group" role="group" aria-label={t("condition.group", { place })}>
      {nodes.length > 1 ? (
        <Choice
          label={place === "" ? t("condition.mode") : `${t("condition.mode")} ${place}`}
          value={mode}
          options={MODES.map((each) => ({ value: each, text: t(`condition.${each}`) }))}
          onChange={(next) => put(path, makeGroup(next as Mode, nodes))}
        />
      ) : null}
      <ol class="conditions">
        {nodes.map((node, index) => (
          <li key={index}>
            {isTest(node) ? (
              <ConditionRow
                test={node}
                place={numbered(index)}
                fields={fields}
                change={(next) => put([...path, index], next)}
                remove={() => put([...path, index], null)}
              />
            ) : (
              <Group group={node} path={[...path, index]} place={numbered(index)} fields={fields} put={put} />
            )}
          </li>
        ))}
      </ol>
      <div class="row">
        <button type="button" class="button small" onClick={() => add(fresh)}>
          {t("condition.add")}
        </button>
        {nodes.length > 0 && path.length + 1 < MOST_DEEP ? (
          <button
            type="button"
            class="button small"
            onClick={() => add(makeGroup(mode === "all" ? "any" : "all", [fresh]))}
          >
            {t("condition.addGroup")}
          </button>
        ) : null}
      </div>
    </div>
  );
}
