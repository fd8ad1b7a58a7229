// Polish: who must not be written to.

import type { suppressions as english } from "../en/suppressions";
import type { Translation } from "../table";

export const suppressions: Translation<typeof english> = {
  "form.every": "wszystkie kanały",
  "form.from": "od: {name}",
  "never.intro": "Nikt z tej listy nie dostanie wiadomości, cokolwiek mówi reguła.",
  "never.empty": "Na liście nie ma nikogo. Trafia tu, kto się wypisze, odpowie STOP albo zostanie dodany.",
  "never.notFound": "Tego adresu nie ma na liście.",
  "never.find": "Sprawdź numer lub adres",
  "never.findNow": "Sprawdź",
  "never.kind": "Powód",
  "never.anyKind": "Wszystkie powody",
  "never.unsubscribed": "wypisał się",
  "never.stop_word": "odpowiedział STOP",
  "never.hard_bounce": "adres nie istnieje",
  "never.complaint": "zgłosił spam",
  "never.manual": "dodany ręcznie",
  "never.import": "z listy",
  "never.add": "Dodaj adres",
  "never.address": "Numer telefonu lub adres e-mail",
  "never.reason": "Co powiedziano",
  "never.addNow": "Dodaj do listy",
  "never.added": "{address} nie dostanie już wiadomości.",
  "never.lift": "Usuń z listy",
  "never.liftTitle": "Czy znów pisać na {address}?",
  "never.liftText":
    "Tylko jeśli ta osoba o to prosiła. Pisanie do kogoś, kto odmówił, jest w większości krajów bezprawne.",
  "never.liftNow": "Tak, usuń z listy",
  "never.lifted": "{address} usunięto z listy.",
  "never.import.title": "Dodaj całą listę",
  "never.import.text":
    "Plik CSV z kolumnami address, channel i reason albo NDJSON. Wiersze nie do użycia zostaną wskazane, pozostałe przyjęte.",
  "never.import.channel": "Kanał wierszy, które go nie podają",
  "never.import.done": "Dodano: {added}, było już: {known}, nie do użycia: {bad}.",
};
