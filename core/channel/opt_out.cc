#include "core/channel/opt_out.h"

#include <string>

#include "core/text/case.h"
#include "core/text/transliterate.h"

namespace recado::channel {
namespace {

// No word is longer; a longer text need not be looked at.
constexpr size_t kMaxBytes = 64;

struct Row {
  std::string_view word;  // folded: small Latin letters without marks, without spaces
  OptOutWord means;
};

constexpr OptOutMeaning kStop = OptOutMeaning::kStop;
constexpr OptOutMeaning kStart = OptOutMeaning::kStart;

constexpr Row kRows[] = {
    {"stop", {kStop, "en"}},         {"stopall", {kStop, "en"}},     {"unsubscribe", {kStop, "en"}},
    {"cancel", {kStop, "en"}},       {"end", {kStop, "en"}},         {"quit", {kStop, "en"}},
    {"optout", {kStop, "en"}},       {"start", {kStart, "en"}},      {"unstop", {kStart, "en"}},
    {"optin", {kStart, "en"}},       {"subscribe", {kStart, "en"}},  {"stopp", {kStop, "de"}},
    {"abmelden", {kStop, "de"}},     {"abbestellen", {kStop, "de"}}, {"keinesms", {kStop, "de"}},
    {"anmelden", {kStart, "de"}},    {"baja", {kStop, "es"}},        {"alto", {kStop, "es"}},
    {"nomas", {kStop, "es"}},        {"desuscribir", {kStop, "es"}}, {"alta", {kStart, "es"}},
    {"suscribir", {kStart, "es"}},   {"rezygnuje", {kStop, "pl"}},   {"rezygnacja", {kStop, "pl"}},
    {"wypisz", {kStop, "pl"}},       {"wypiszmnie", {kStop, "pl"}},  {"koniec", {kStop, "pl"}},
    {"zapisz", {kStart, "pl"}},      {"zapiszmnie", {kStart, "pl"}}, {"sair", {kStop, "pt"}},
    {"parar", {kStop, "pt"}},        {"pare", {kStop, "pt"}},        {"cancelar", {kStop, "pt"}},
    {"descadastrar", {kStop, "pt"}}, {"entrar", {kStart, "pt"}},     {"voltar", {kStart, "pt"}},
};

// The letters and digits alone, small and without marks.
std::string Folded(std::string_view text) {
  std::string out;
  for (const char c : text::FoldCase(text::ToLatin(text, "en"))) {
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      out += c;
    } else if (static_cast<unsigned char>(c) >= 0x80) {
      // Another script's letter or a picture is a word of its own, but for the marks that decorate.
      out += '?';
    }
  }
  // "STOP 🛑", "STOP…": what stands behind the word in pictures and typographic marks changes nothing.
  while (!out.empty() && out.back() == '?') out.pop_back();
  return out;
}

}  // namespace

std::optional<OptOutWord> OptOutWordOf(std::string_view text) {
  if (text.size() > kMaxBytes) return std::nullopt;
  const std::string folded = Folded(text);
  for (const Row& row : kRows) {
    if (row.word == folded) return row.means;
  }
  return std::nullopt;
}

}  // namespace recado::channel
