// Spanish: what each filter of a template does.

import type { filters as english } from "../en/filters";
import type { Translation } from "../table";

export const filters: Translation<typeof english> = {
  "filter.append": "Añade texto al final",
  "filter.capitalize": "Primera letra en mayúscula",
  "filter.date": "Fecha en el idioma del cliente",
  "filter.datetime": "Fecha y hora en el idioma y la zona del cliente",
  "filter.decimal": "Número con esos decimales, en el idioma del cliente",
  "filter.default": "Qué escribir si el valor está vacío",
  "filter.divided_by": "Divide por un número",
  "filter.downcase": "Todo en minúsculas",
  "filter.escape": "Hace seguro el texto dentro de HTML",
  "filter.first": "El primero de una lista",
  "filter.join": "Une una lista en un texto",
  "filter.last": "El último de una lista",
  "filter.map": "Toma un campo de cada elemento de la lista",
  "filter.minus": "Resta un número",
  "filter.money": "Importe con su moneda, en el idioma del cliente",
  "filter.money_without_trailing_zeros": "Importe sin ,00 al final",
  "filter.phone": "Número de teléfono como se escribe",
  "filter.round": "Redondea a esos decimales",
  "filter.sms_safe": "Sustituye los caracteres que encarecen un SMS",
  "filter.split": "Corta un texto en una lista",
  "filter.transliterate": "Escribe los nombres con letras simples",
  "filter.plus": "Suma un número",
  "filter.prepend": "Pone texto delante",
  "filter.replace": "Sustituye un texto por otro",
  "filter.size": "Qué longitud tiene",
  "filter.strip": "Quita los espacios de alrededor",
  "filter.times": "Multiplica por un número",
  "filter.truncate": "Acorta a esos caracteres",
  "filter.upcase": "Todo en mayúsculas",
};
