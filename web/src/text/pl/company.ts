// Polish: the company’s own settings: templates, how long what is kept, saving.

import type { company as english } from "../en/company";
import type { Translation } from "../table";

export const company: Translation<typeof english> = {
  "settings.elsewhere": "W międzyczasie ktoś inny zmienił te ustawienia. Twoich zmian nie zapisano.",
  "settings.takeTheirs": "Wczytaj aktualny stan",
  "settings.wrongFields": {
    one: "Jedno pole wymaga poprawki. Nic jeszcze nie zapisano.",
    few: "{n} pola wymagają poprawki. Nic jeszcze nie zapisano.",
    many: "{n} pól wymaga poprawki. Nic jeszcze nie zapisano.",
    other: "{n} pola wymaga poprawki. Nic jeszcze nie zapisano.",
  },
  "templates.title": "Szablony WhatsApp",
  "templates.intro":
    "Szablony zatwierdzone dla Ciebie przez WhatsApp. Reguły proponują je po nazwie, a podgląd pokazuje ich tekst.",
  "templates.add": "Dodaj szablon",
  "templates.new": "Nowy szablon",
  "templates.remove": "Usuń {name}",
  "templates.provider": "Wysyłany przez",
  "templates.name": "Zatwierdzona nazwa",
  "templates.language": "Język",
  "templates.parameters": "Liczba wartości",
  "templates.text": "Zatwierdzony tekst",
  "templates.textHint":
    "Wpisz {example} tam, gdzie trafia pierwsza wartość. Zostaw puste, jeśli nie masz tekstu pod ręką.",
  "templates.noProvider": "Wybierz, przez kogo jest wysyłany.",
  "templates.noName": "Wpisz nazwę, pod którą szablon zatwierdzono.",
  "templates.badLanguage": "Wpisz język, na przykład en albo pt-BR.",
  "templates.badCount": "Wpisz liczbę całkowitą od 0 do 100.",
  "templates.textCount": "Liczba wartości w tekście: {inText}, w szablonie: {count}.",
  "templates.twice": "Ten szablon jest już na liście w tym samym języku.",
  "retention.title": "Jak długo przechowywane są wiadomości",
  "retention.intro": "Puste pole oznacza: na zawsze. Liczby i koszty zostają zawsze.",
  "retention.content_days": "Usuwaj teksty i adresy po tylu dniach",
  "retention.content_days.hint": "Nadal będzie widać, że wiadomość wysłano i kiedy.",
  "retention.deliveries_days": "Usuwaj całe wiadomości po tylu dniach",
  "retention.deliveries_days.hint":
    "Nie wcześniej niż 30. dnia: do tego czasu musi działać rezygnacja podana w wiadomości.",
  "retention.wrong": "Wpisz pełne dni od 1 do 36500 albo zostaw puste.",
};
