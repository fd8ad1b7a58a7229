// Finding the characters that make a message dearer, and what to write instead.
//
// Inside of core/sms. A mark is a culprit without texts of its own: places in the text's units, and how much
// of a common string of replacements is its own. Count() makes culprits of them, wasm/direct.cc integers.
#pragma once

#include <string>
#include <vector>

#include "core/sms/alphabet.h"
#include "core/sms/form.h"
#include "core/sms/scan.h"

namespace recado::sms {

struct Mark {
  Stretch place;
  // Bytes of its replacement in Marks::replacements, which come behind those of the marks before; nothing
  // where there is no replacement.
  std::optional<uint32_t> replacement{};
};

struct Marks {
  std::vector<Mark> list;    // in order
  std::string replacements;  // UTF-8
};

// Which characters are foreign: those of the default alphabet and of the allowed tables are not. Where no
// character is foreign to all of them together (each is in some table, but no pair has all), those outside
// the default alphabet are.
ClassSet ForeignClasses(const Tally& tally, const CountOptions& options);

// Stretches of foreign characters, each inside one cluster, at most `limit`. `clusters` are those with a
// character outside of the default alphabet, of TallyOf().
template <class Text>
void MarkForeign(const Text& text, const std::vector<Stretch>& clusters, ClassSet foreign, size_t limit,
                 Marks& marks);

// Characters of two septets in a GSM-7 form with national tables.
template <class Text>
void MarkExtended(const Text& text, const Form& form, Marks& marks);

// The tally of the text with the replacements put in, out of its tally (and how that was made) without
// reading it anew; `characters` stays as it was.
template <class Text>
Tally TallyReplaced(const Text& text, const Tally& tally, bool by_tables, const Marks& marks);

// That text, in UTF-8.
template <class Text>
std::string Replaced(const Text& text, const Marks& marks);

// A piece of the text, in UTF-8.
template <class Text>
std::string Utf8Of(const Text& text, Stretch piece);

}  // namespace recado::sms
