// Portuguese: what each filter of a template does.

import type { filters as english } from "../en/filters";
import type { Translation } from "../table";

export const filters: Translation<typeof english> = {
  "filter.append": "Acrescenta texto no fim",
  "filter.capitalize": "Primeira letra maiúscula",
  "filter.date": "Data no idioma do cliente",
  "filter.datetime": "Data e hora no idioma e fuso do cliente",
  "filter.decimal": "Número com essas casas decimais, no idioma do cliente",
  "filter.default": "O que escrever quando o valor está vazio",
  "filter.divided_by": "Divide por um número",
  "filter.downcase": "Tudo em minúsculas",
  "filter.escape": "Torna o texto seguro em HTML",
  "filter.first": "O primeiro de uma lista",
  "filter.join": "Junta uma lista em um texto",
  "filter.last": "O último de uma lista",
  "filter.map": "Pega um campo de cada item da lista",
  "filter.minus": "Subtrai um número",
  "filter.money": "Valor com a moeda, no idioma do cliente",
  "filter.money_without_trailing_zeros": "Valor sem ,00 no fim",
  "filter.phone": "Telefone como se escreve",
  "filter.round": "Arredonda para essas casas decimais",
  "filter.sms_safe": "Substitui caracteres que encarecem o SMS",
  "filter.split": "Divide um texto em lista",
  "filter.transliterate": "Escreve nomes com letras simples",
  "filter.plus": "Soma um número",
  "filter.prepend": "Põe texto na frente",
  "filter.replace": "Substitui um texto por outro",
  "filter.size": "O tamanho",
  "filter.strip": "Remove espaços em volta",
  "filter.times": "Multiplica por um número",
  "filter.truncate": "Encurta para essa quantidade de caracteres",
  "filter.upcase": "Tudo em maiúsculas",
};
