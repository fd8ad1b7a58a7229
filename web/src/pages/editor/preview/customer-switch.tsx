// Whose message the preview shows.

import { customerName, type Sample } from "../../../api/workspace";
import { t } from "../../../text";
import { Choice } from "../../../ui/choice";
import { Icon } from "../../../ui/icons";

interface CustomerSwitchProps {
  readonly samples: readonly Sample[];
  readonly sample: Sample | null;
  readonly entity: string;
  readonly choose: (id: string) => void;
}

export function CustomerSwitch({ samples, sample, entity, choose }: CustomerSwitchProps) {
  if (!sample) return <span class="quiet">{t("preview.noClients")}</span>;
  const index = samples.indexOf(sample);
  const step = (by: number): void => {
    const next = samples[(index + by + samples.length) % samples.length];
    if (next) choose(next.id);
  };
  return (
    <div class="customer">
      <button
        type="button"
        class="button small square"
        aria-label={t("preview.previous")}
        onClick={() => step(-1)}
      >
        <Icon name="left" />
      </button>
      <Choice
        label={t("preview.client")}
        value={sample.id}
        options={samples.map((each) => ({ value: each.id, text: customerName(each, entity) }))}
        onChange={choose}
      />
      <button
        type="button"
        class="button small square"
        aria-label={t("preview.next")}
        onClick={() => step(1)}
      >
        <Icon name="right" />
      </button>
    </div>
  );
}
