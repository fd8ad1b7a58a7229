// Days, moments, amounts and names of languages as the user's locale writes them. For the customer's clock and
// language, ask the core.

import { currentLocale } from "./index";

/** "pt-BR" in the user's language. */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames([currentLocale()], { type: "language" }).of(tag) ?? tag;
  } catch {
    return tag; // not a language tag
  }
}

/** A day as people write it: "2026-12-01" → "1 Dec 2026"; anything else as it is. */
export function dayWords(date: string): string {
  const day = /^\d{4}-\d\d-\d\d$/.test(date) ? new Date(`${date}T00:00:00Z`) : null;
  if (!day || Number.isNaN(day.getTime())) return date;
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: "medium", timeZone: "UTC" }).format(day);
}

/** A moment in the words of the user's own clock. */
export function moment(instant: string): string {
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) return instant;
  return new Intl.DateTimeFormat(currentLocale(), { dateStyle: "medium", timeStyle: "medium" }).format(date);
}

/** An amount in the locale's form. Exact: Intl takes the decimal text, no number comes between. */
export function moneyWords(amount: string, currency: string): string {
  try {
    const format = new Intl.NumberFormat(currentLocale(), {
      style: "currency",
      currency,
      maximumFractionDigits: 4,
    });
    return format.format(amount as Intl.StringNumericLiteral);
  } catch {
    return `${amount} ${currency}`; // a currency that is none
  }
}

let numbers: { readonly locale: string; readonly format: Intl.NumberFormat } | null = null;

export function numberWords(n: number): string {
  const locale = currentLocale();
  if (numbers?.locale !== locale) numbers = { locale, format: new Intl.NumberFormat(locale) }; // slow to make, quick to ask
  return numbers.format.format(n);
}

/** Exact difference of two decimal texts; prices have a few decimals, which integers hold easily. */
export function decimalsMinus(a: string, b: string): string {
  const places = Math.max(...[a, b].map((text) => text.split(".")[1]?.length ?? 0));
  const units = (text: string): bigint => {
    const [whole = "0", part = ""] = text.split(".");
    return BigInt(whole + part.padEnd(places, "0"));
  };
  const digits = (units(a) - units(b)).toString();
  const size = digits.replace("-", "").padStart(places + 1, "0");
  const text = places === 0 ? size : `${size.slice(0, -places)}.${size.slice(-places)}`;
  return digits.startsWith("-") ? `-${text}` : text;
}
