// Delays as people say them: numbers and units ("1 day 2 hours"). ISO 8601 on the other side.

export const UNITS = ["minutes", "hours", "days", "weeks", "months"] as const;
export type Unit = (typeof UNITS)[number];

export interface DelayPart {
  readonly n: number;
  readonly unit: Unit;
}
/** From the largest unit to the smallest, each at most once. */
export type Delay = readonly DelayPart[];

const LARGEST_FIRST: readonly Unit[] = ["months", "weeks", "days", "hours", "minutes"];
const PERIOD = /^P(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,4})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,4})M)?)?$/;

/** Null for what these units do not say ("PT90S", "P1Y"): such a delay is kept as it is. */
export function parseDelay(iso: string): Delay | null {
  const match = PERIOD.exec(iso);
  if (!match) return null;
  const parts = LARGEST_FIRST.flatMap((unit, index) => {
    const digits = match[index + 1];
    return digits === undefined ? [] : [{ n: Number(digits), unit }];
  });
  return parts.length === 0 ? null : parts;
}

export function formatDelay(delay: Delay): string {
  const part = (unit: Unit, letter: string): string => {
    const found = delay.find((each) => each.unit === unit);
    return found ? `${found.n}${letter}` : "";
  };
  const time = part("hours", "H") + part("minutes", "M");
  return `P${part("months", "M")}${part("weeks", "W")}${part("days", "D")}${time === "" ? "" : `T${time}`}`;
}

/** In the order in which they are written and read. */
export function sortDelay(delay: Delay): Delay {
  return [...delay].sort((a, b) => LARGEST_FIRST.indexOf(a.unit) - LARGEST_FIRST.indexOf(b.unit));
}
