// Opting out and in by a word: what STOP and START mean when a customer writes them.
//
// Only a whole message counts ("Stop!" does, "don't stop" and "stop calling me at work" do not): a word
// inside a sentence may mean anything, and somebody who reads it decides. Letter case, accents, punctuation
// and spaces do not count. All languages hold for everybody: nobody knows in which one a customer will write
// to a number.
//
//   OptOutWordOf(" Stop! ")->meaning     // kStop, language "en"
//   OptOutWordOf("saír")->meaning        // kStop, language "pt"
//   OptOutWordOf("Stop by tomorrow?")    // nothing
//
// Sources. English: the CTIA's Messaging Principles (2023, section 5.1.3.1) and Twilio's default list: STOP,
// STOPALL, UNSUBSCRIBE, CANCEL, END, QUIT; START, UNSTOP. Twilio also takes YES for START; here it is an
// ordinary answer. The other languages: the words that senders in Germany and Austria (STOPP, ABMELDEN),
// Spain and Latin America (BAJA, ALTA), Poland (REZYGNUJE, WYPISZ) and Brazil and Portugal (SAIR, PARAR,
// CANCELAR) ask their customers to answer with. Pure; any thread.
#pragma once

#include <optional>
#include <string_view>

namespace recado::channel {

enum class OptOutMeaning : uint8_t { kStop, kStart };

struct OptOutWord {
  OptOutMeaning meaning{};
  // Of the word, to answer in; "en" where several languages have it.
  std::string_view language;
};

// Nothing: an ordinary message.
std::optional<OptOutWord> OptOutWordOf(std::string_view text);

}  // namespace recado::channel
