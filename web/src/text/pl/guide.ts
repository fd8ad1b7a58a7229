// Polish: first steps, from a stage to a message in the sandbox.

import type { guide as english } from "../en/guide";
import type { Translation } from "../table";

export const guide: Translation<typeof english> = {
  "guide.title": "Pierwsze kroki",
  "guide.offer":
    "Pierwszy raz tutaj? W pięć minut można wysłać pierwszą wiadomość. Trafi do piaskownicy: nikt z zewnątrz jej nie dostanie.",
  "guide.start": "Pokaż mi",
  "guide.skip": "Nie teraz",
  "guide.end": "Opuść przewodnik",
  "guide.next": "Dalej",
  "guide.step": "Krok {n} z {total}",
  "guide.stage": "Proszę wybrać etap. Klienci, których transakcja do niego wejdzie, dostaną wiadomość.",
  "guide.stageLabel": "Etap",
  "guide.write": "W polu Tekst proszę napisać, co przeczyta klient. „Wstaw wartość” doda imię albo numer.",
  "guide.preview": "Proszę obejrzeć podgląd: dokładnie to dostanie każdy klient. Warto przejrzeć kilku.",
  "guide.publish": "Proszę nacisnąć „Sprawdź i opublikuj”, potem „Opublikuj”. Dopiero wtedy reguła działa.",
  "guide.move":
    "Teraz do dzieła: proszę przesunąć transakcję do etapu {stage}. Najpierw widać, co zostanie wysłane.",
  "guide.toRecords": "Otwórz dane",
  "guide.notSent": "Ten klient nie dostanie wiadomości: {reason} Proszę przesunąć inną transakcję.",
  "guide.see": "Wysłano. Można ją zobaczyć tak, jak zobaczyłby ją klient.",
  "guide.toSandbox": "Otwórz skrzynkę piaskownicy",
  "guide.done":
    "To wszystko. Gdy wiadomości mają naprawdę wychodzić, w ustawieniach trzeba podłączyć prawdziwego dostawcę.",
  "guide.toProviders": "Otwórz dostawców",
  "guide.noStages": "Nie ma jeszcze etapów. Najpierw trzeba podłączyć CRM albo zaimportować plik.",
  "guide.toCrm": "Podłącz CRM",
};
