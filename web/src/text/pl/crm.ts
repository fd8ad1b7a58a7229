// Polish: where records come from: the CRM and files.

import type { crm as english } from "../en/crm";
import type { Translation } from "../table";

export const crm: Translation<typeof english> = {
  "file.choose": "Wybierz plik",
  "file.line": "Wiersz {n}",
  "file.report": "Pobierz raport złych wierszy",
  "source.builtIn":
    "Dane pochodzą z własnego katalogu Recado: można zaimportować plik, wysłać je przez API albo podłączyć CRM.",
  "source.connectedTo": "Dane pochodzą z Bitrix24.",
  "source.connect": "Podłącz Bitrix24",
  "source.change": "Zmień połączenie",
  "source.working": "Działa",
  "source.broken": "Nie działa",
  "source.base_url": "Adres Państwa Bitrix24",
  "source.webhook": "Webhook przychodzący (użytkownik/kod)",
  "source.webhookHint":
    "Dwie ostatnie części adresu webhooka: 1/abc123. Przechowywane w postaci zaszyfrowanej, nigdy więcej niepokazywane.",
  "source.application_token": "Token aplikacji webhooka wychodzącego",
  "source.timeline": "Zapisuj w osi czasu CRM, co stało się z wiadomościami",
  "source.hook": "Bitrix24 ma wywoływać ten adres (webhook wychodzący):",
  "source.test": "Sprawdź połączenie",
  "source.ok": "Bitrix24 odpowiada.",
  "source.schema": "Przejmij lejki i pola",
  "source.schemaText":
    "Etapy i pola z CRM zastąpią tutejsze. Reguły etapów, których w CRM nie ma, niczego nie wyślą.",
  "source.schemaDone": "Przejęto rodzajów elementów: {n}.",
  "source.disconnect": "Odłącz",
  "source.disconnectTitle": "Odłączyć Bitrix24?",
  "source.disconnectText": "Nic, co się tam zdarzy, nie dotrze już do Recado. Tutejsze dane zostają.",
  "import.intro":
    "Przenieś transakcje i ich klientów z tabeli (CSV) albo pliku z danymi (NDJSON). Najpierw widać, co zostałoby odczytane; nic nie zostanie zapisane bez zgody.",
  "import.entity": "Wiersze to",
  "import.locale": "Liczby i daty zapisane jak w języku",
  "import.events": "Uruchom reguły dla nowych i przesuniętych elementów",
  "import.eventsHint": "Klienci dostaną wiadomości. Przy starych danych proszę zostawić wyłączone.",
  "import.look": "Najpierw obejrzyj plik",
  "import.trial": {
    one: "Obejrzano {n} wiersz.",
    few: "Obejrzano {n} wiersze.",
    many: "Obejrzano {n} wierszy.",
    other: "Obejrzano {n} wierszy.",
  },
  "import.columns": "Czym staje się każda kolumna",
  "import.leaveOut": "pomiń",
  "import.key": "własny identyfikator (wymagany)",
  "import.faults": "Czego nie da się odczytać",
  "import.fine": "W tych wierszach nie ma błędów.",
  "import.start": "Importuj plik",
  "import.again": "Zaimportuj ponownie",
  "import.known":
    "Dokładnie ten plik był już importowany. Ponowny import zmieni tylko to, co jest teraz inne.",
  "import.progress": "Odczytano {percent} %",
  "import.running": "Trwa import",
  "import.done": "Zaimportowano",
  "import.stopped": "Zatrzymano",
  "import.sums": "nowe: {created}, zmienione: {changed}, bez zmian: {unchanged}, pominięte: {bad}",
  "import.earlier": "Dotychczasowe importy",
  "import.none": "Niczego jeszcze nie importowano.",
};
