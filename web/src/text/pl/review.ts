// Polish: looking a change over, earlier versions, conflicts, test messages.

import type { review as english } from "../en/review";
import type { Translation } from "../table";

export const review: Translation<typeof english> = {
  "review.title": "Opublikować „{name}”?",
  "review.off": "Reguła jest wyłączona: zostanie zachowana, ale nic nie wyśle.",
  "review.new": "Ta reguła jest nowa",
  "review.changes": "Co się zmienia",
  "review.noChanges": "Nic się nie zmienia.",
  "review.before": "przedtem",
  "review.after": "teraz",
  "review.faults": {
    one: "Zanim reguła stanie się aktywna, trzeba poprawić jeden błąd.",
    few: "Zanim reguła stanie się aktywna, trzeba poprawić {n} błędy.",
    many: "Zanim reguła stanie się aktywna, trzeba poprawić {n} błędów.",
    other: "Zanim reguła stanie się aktywna, trzeba poprawić {n} błędów.",
  },
  "review.back": "Wróć",
  "review.publish": "Opublikuj",
  "history.face": "Historia",
  "history.title": "Wersje, które były aktywne",
  "history.none": "Ta reguła nigdy nie była aktywna.",
  "history.version": "Wersja {n}",
  "history.restore": "Przywróć wersję {n}",
  "test.face": "Wyślij do mnie",
  "test.to": "Twój numer lub adres",
  "test.note": "Napisana dla klienta z podglądu, wysłana do Ciebie. Szkic zostanie najpierw zapisany.",
  "test.send": "Wyślij",
  "test.sent": "Wysłano do {to}.",
  "conflict.title": "Ktoś inny zmienił tę regułę",
  "conflict.text": "Od kiedy ją otwarto, zapisano ją gdzie indziej. Która wersja ma zostać?",
  "conflict.mine": "Twoja",
  "conflict.theirs": "Zapisana",
  "conflict.keepMine": "Zachowaj moją",
  "conflict.takeTheirs": "Weź zapisaną",
  "conflict.merge": "Zachowaj wybrane części",
  "conflict.nothing": "nic",
};
