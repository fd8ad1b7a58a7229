// Choosing the form of a message: encoding and tables (formats §6, the last paragraph).
//
// Inside of core/sms. Two steps, so that choosing among all pairs of thirteen languages reads the text once
// and not 182 times: Tally() counts the characters by class, and ChooseForm() prices each pair by
// multiplication. Only pairs that could win and whose cuts cannot be told by division are segmented.
#pragma once

#include <array>
#include <optional>

#include "core/sms/alphabet.h"
#include "core/sms/scan.h"
#include "core/sms/segment.h"

namespace recado::sms {

// A text in numbers.
struct Tally {
  std::optional<size_t> invalid;  // offset of the first malformed place; the rest is not counted then
  std::array<size_t, kClasses> by_class{};
  size_t points = 0;
  size_t units16 = 0;
  size_t characters = 0;  // grapheme clusters
};

// `by_tables`: whether national tables matter. Otherwise runs of simple characters, which are alike to the
// default alphabet and to UCS-2, are counted together, all as the class of "a".
template <class Text>
Tally TallyOf(const Text& text, bool by_tables);

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

// Nothing where GSM-7 is forced and no allowed table holds every character. Segments are not bounded here.
template <class Text>
std::optional<Form> ChooseForm(const Text& text, const Tally& tally, const CountOptions& options);

// Walks the cuts of the chosen form in order: cut(at, units of the part that ends).
template <class Text, class Cut>
Segments SegmentAs(const Text& text, const Form& form, int capacity, bool keep_clusters, const Cut& cut) {
  const auto run = [&](const auto& cost) {
    Segmenter segmenter(text, cost, capacity, cut);
    return keep_clusters ? segmenter.KeepingClusters() : segmenter.Plain();
  };
  if (form.encoding == Encoding::kUcs2) return run(Ucs2Cost{});
  const Costs costs = CostsOf(form.locking, form.single);
  return run(GsmCost{costs, form.locking == National::kNone});
}

}  // namespace recado::sms
