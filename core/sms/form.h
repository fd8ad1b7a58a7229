// Choosing the form of a message: encoding and tables (formats §6, the last paragraph).
//
// Inside of core/sms. Two steps, so that choosing among all pairs of thirteen languages reads the text once
// and not 182 times: Tally() counts the characters by class, and ChooseForm() prices each pair by
// multiplication. Only pairs that could win and whose cuts cannot be told by division are segmented.
#pragma once

#include <array>
#include <functional>
#include <optional>
#include <type_traits>
#include <vector>

#include "core/sms/alphabet.h"
#include "core/sms/scan.h"
#include "core/sms/segment.h"

namespace recado::sms {

// A text in numbers.
struct Tally {
  std::optional<size_t> invalid;  // offset of the first malformed place; the rest is not counted then
  ClassSet classes = 0;           // those that occur
  std::array<size_t, kClasses> by_class{};
  size_t points = 0;
  size_t units16 = 0;
  size_t characters = 0;  // grapheme clusters

  void Add(CharacterClass character_class, size_t count) {
    by_class[character_class] += count;
    classes |= count > 0 ? SetOf(character_class) : 0;
  }
};

// A piece of a text, in its own units.
struct Stretch {
  uint32_t from = 0;
  uint32_t to = 0;
};

// What a tally found on its way that the default alphabet cannot say, or says in two septets.
struct Finds {
  std::vector<Stretch> outside;   // clusters that hold a character outside of the default alphabet
  std::vector<Stretch> extended;  // characters of the extension; only where national tables do not matter
};

// `by_tables`: whether national tables matter. Otherwise there are only the classes of DefaultClassOf(), and
// runs of simple characters are counted together. `finds`, if given, is added to.
template <class Text>
Tally TallyOf(const Text& text, bool by_tables, Finds* finds);

// What the size of a message without national tables depends on, and no more: reads as far as the first
// character outside of the default alphabet, and of the rest the surrogates. `by_class`, `points` and
// `characters` say nothing where there is such a character, but that `points` is `units16` only without
// pairs.
Tally QuickTallyOf(const Utf16Text& text);

// One way to send it.
struct Form {
  Encoding encoding = Encoding::kGsm7;
  National locking = National::kNone;
  National single = National::kNone;
  size_t units = 0;
  size_t segments = 0;
  int capacity = 160;  // of one part
  int last_units = 0;
  int Shifts() const { return (locking != National::kNone ? 1 : 0) + (single != National::kNone ? 1 : 0); }
};

// Chooses among the forms that can be had. Nothing where GSM-7 is forced and no allowed table holds every
// character. Segments are not bounded here. `exact(form, capacity)` segments the text, and is asked only
// where division does not answer.
using ExactSegments = std::function<Segments(const Form& form, int capacity)>;
std::optional<Form> ChooseForm(const Tally& tally, const CountOptions& options, const ExactSegments& exact);

// Cuts UTF-16 into parts of 16-bit units: a look at each edge is enough.
template <class Cut>
Segments CutUnits16(const Utf16Text& text, int capacity, const Cut& cut) {
  int count = 1;
  size_t start = 0;
  while (text.size() - start > static_cast<size_t>(capacity)) {
    const size_t edge = start + static_cast<size_t>(capacity);
    const size_t end = text.SplitsPair(edge) ? edge - 1 : edge;
    cut(end, static_cast<int>(end - start));
    start = end;
    ++count;
  }
  return {count, static_cast<int>(text.size() - start)};
}

// Walks the cuts of the chosen form in order: cut(at, units of the part that ends).
template <class Text, class Cut>
Segments SegmentAs(const Text& text, const Form& form, int capacity, bool keep_clusters, const Cut& cut) {
  const auto run = [&](const auto& cost) {
    Segmenter segmenter(text, cost, capacity, cut);
    return keep_clusters ? segmenter.KeepingClusters() : segmenter.Plain();
  };
  if (form.encoding == Encoding::kUcs2) {
    if constexpr (std::is_same_v<Text, Utf16Text>) {
      if (!keep_clusters) return CutUnits16(text, capacity, cut);
    }
    return run(Ucs2Cost{});
  }
  const Costs costs = CostsOf(form.locking, form.single);
  return run(GsmCost{costs, form.locking == National::kNone});
}

}  // namespace recado::sms
