// Delays as people say them: one number and one unit. ISO 8601 on the other side.

export const UNITS = ["minutes", "hours", "days", "weeks"] as const;
export type Unit = (typeof UNITS)[number];

export interface Delay {
  readonly n: number;
  readonly unit: Unit;
}

const SPELLING: Readonly<Record<Unit, (n: number) => string>> = {
  minutes: (n) => `PT${n}M`,
  hours: (n) => `PT${n}H`,
  days: (n) => `P${n}D`,
  weeks: (n) => `P${n}W`,
};

const LETTERS: Readonly<Record<string, Unit>> = { D: "days", W: "weeks", M: "minutes", H: "hours" };

/** Null for what is no single number and unit ("P1DT2H"): such a delay is kept as it is. */
export function parseDelay(iso: string): Delay | null {
  const match = /^P(?:(\d{1,4})([DW])|T(\d{1,4})([MH]))$/.exec(iso);
  if (!match) return null;
  const unit = LETTERS[match[2] ?? match[4] ?? ""];
  return unit ? { n: Number(match[1] ?? match[3]), unit } : null;
}

export function formatDelay({ n, unit }: Delay): string {
  return SPELLING[unit](n);
}
