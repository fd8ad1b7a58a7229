// Polish: what each filter of a template does.

import type { filters as english } from "../en/filters";
import type { Translation } from "../table";

export const filters: Translation<typeof english> = {
  "filter.append": "Dodaje tekst na końcu",
  "filter.capitalize": "Pierwsza litera wielka",
  "filter.date": "Data w języku klienta",
  "filter.datetime": "Data i godzina w języku i strefie klienta",
  "filter.decimal": "Liczba z tyloma miejscami po przecinku, w języku klienta",
  "filter.default": "Co wpisać, gdy wartość jest pusta",
  "filter.divided_by": "Dzieli przez liczbę",
  "filter.downcase": "Wszystko małymi literami",
  "filter.escape": "Zabezpiecza tekst w HTML",
  "filter.first": "Pierwszy z listy",
  "filter.join": "Łączy listę w jeden tekst",
  "filter.last": "Ostatni z listy",
  "filter.map": "Bierze jedno pole z każdej pozycji listy",
  "filter.minus": "Odejmuje liczbę",
  "filter.money": "Kwota z walutą, w języku klienta",
  "filter.money_without_trailing_zeros": "Kwota bez ,00 na końcu",
  "filter.phone": "Numer telefonu tak, jak się go pisze",
  "filter.round": "Zaokrągla do tylu miejsc",
  "filter.sms_safe": "Zamienia znaki, które podrażają SMS",
  "filter.split": "Dzieli tekst na listę",
  "filter.transliterate": "Zapisuje nazwy prostymi literami",
  "filter.plus": "Dodaje liczbę",
  "filter.prepend": "Wstawia tekst na początku",
  "filter.replace": "Zamienia tekst na inny",
  "filter.size": "Jaką ma długość",
  "filter.strip": "Usuwa spacje dookoła",
  "filter.times": "Mnoży przez liczbę",
  "filter.truncate": "Skraca do tylu znaków",
  "filter.upcase": "Wszystko wielkimi literami",
};
