#include "core/sms/form.h"

#include <algorithm>
#include <tuple>
#include <vector>

namespace recado::sms {
namespace {

// Units of a text in GSM-7 with these costs; nothing where a character has none.
struct Price {
  size_t units = 0;
  size_t doubles = 0;  // characters of two septets: only they make cuts fall short
};

std::optional<Price> PriceOf(const Tally& tally, const Costs& costs) {
  Price price;
  for (size_t i = 0; i < kClasses; ++i) {
    if (tally.by_class[i] == 0) continue;
    if (costs[i] == 0) return std::nullopt;
    price.units += tally.by_class[i] * costs[i];
    if (costs[i] == 2) price.doubles += tally.by_class[i];
  }
  return price;
}

// Where a language stands in the caller's list; none stands last, so that a locking table goes before a
// single one.
size_t RankOf(National national, const std::vector<National>& order) {
  return static_cast<size_t>(std::find(order.begin(), order.end(), national) - order.begin());
}

class Chooser {
 public:
  Chooser(const Tally& tally, const CountOptions& options) : tally_(tally), options_(options) {}

  // `exact(form, capacity)` segments the text.
  template <class Exact>
  std::optional<Form> Choose(const Exact& exact) {
    if (options_.force != Encoding::kUcs2) {
      Consider(National::kNone, National::kNone, exact);
      // One septet a character and no header cannot be beaten.
      const bool perfect = best_ && best_->units == tally_.points;
      if (!perfect && !options_.national.empty()) ConsiderPairs(exact);
    }
    if (options_.force != Encoding::kGsm7 && !(best_ && best_->segments <= 1)) ConsiderUcs2(exact);
    return best_;
  }

 private:
  template <class Exact>
  void ConsiderPairs(const Exact& exact) {
    std::vector<National> lockings = {National::kNone};
    std::vector<National> singles = {National::kNone};
    for (const National national : options_.national) {
      if (HasLockingTable(national)) lockings.push_back(national);
      singles.push_back(national);
    }
    for (const National locking : lockings) {
      for (const National single : singles) {
        if (locking != National::kNone || single != National::kNone) Consider(locking, single, exact);
      }
    }
  }

  template <class Exact>
  void Consider(National locking, National single, const Exact& exact) {
    const std::optional<Price> price = PriceOf(tally_, CostsOf(locking, single));
    if (!price) return;
    Form form;
    form.locking = locking;
    form.single = single;
    form.units = price->units;
    Compete(form, price->doubles == 0, exact);
  }

  template <class Exact>
  void ConsiderUcs2(const Exact& exact) {
    Form form;
    form.encoding = Encoding::kUcs2;
    form.units = tally_.units16;
    Compete(form, tally_.units16 == tally_.points, exact);
  }

  // Fills in the segments, if the form can still win, and keeps the better one. `even`: every character is
  // one unit.
  template <class Exact>
  void Compete(Form form, bool even, const Exact& exact) {
    const int single_part = CapacityOf(form.encoding, 0, form.Shifts());
    if (form.units <= static_cast<size_t>(single_part)) {
      form.segments = form.units == 0 ? 0 : 1;
      form.capacity = single_part;
      form.last_units = static_cast<int>(form.units);
    } else {
      form.capacity = CapacityOf(form.encoding, options_.reference_bits, form.Shifts());
      const auto capacity = static_cast<size_t>(form.capacity);
      form.segments = (form.units + capacity - 1) / capacity;  // never more than the cuts make of it
      form.last_units = static_cast<int>(form.units - (form.segments - 1) * capacity);
      if (best_ && !Before(form, *best_)) return;
      if (!even || options_.keep_clusters) {
        const Segments segments = exact(form, form.capacity);
        form.segments = static_cast<size_t>(segments.count);
        form.last_units = segments.last_units;
      }
    }
    if (!best_ || Before(form, *best_)) best_ = form;
  }

  bool Before(const Form& a, const Form& b) const {
    const auto key = [this](const Form& form) {
      return std::tuple(form.segments, form.encoding == Encoding::kUcs2, form.units, form.Shifts(),
                        RankOf(form.locking, options_.national), RankOf(form.single, options_.national));
    };
    return key(a) < key(b);
  }

  const Tally& tally_;
  const CountOptions& options_;
  std::optional<Form> best_;
};

}  // namespace

template <class Text>
Tally TallyOf(const Text& text, bool by_tables) {
  Tally tally;
  size_t simple = 0;
  size_t characters = 0;
  text::GraphemeMachine machine;
  for (size_t at = 0; at < text.size();) {
    if (const size_t run = !by_tables && machine.AsciiStarts() ? text.SimpleRun(at, text.size()) : 0) {
      simple += run;
      at += run;
      machine.SkipAscii(text.Unit(at - 1));
      continue;
    }
    const Point point = text.At(at);
    if (!point.valid) {
      tally.invalid = at;
      return tally;
    }
    ++tally.by_class[ClassOf(point.code_point)];
    ++tally.points;
    tally.units16 += point.units16;
    characters += machine.Starts(point.code_point) ? 1 : 0;
    at += point.length;
  }
  tally.by_class[ClassOf(U'a')] += simple;
  tally.points += simple;
  tally.units16 += simple;
  tally.characters = characters + simple;
  return tally;
}

template <class Text>
std::optional<Form> ChooseForm(const Text& text, const Tally& tally, const CountOptions& options) {
  Chooser chooser(tally, options);
  return chooser.Choose([&](const Form& form, int capacity) {
    return SegmentAs(text, form, capacity, options.keep_clusters, [](size_t, int) {});
  });
}

template Tally TallyOf(const Utf8Text&, bool);
template Tally TallyOf(const Utf16Text&, bool);
template std::optional<Form> ChooseForm(const Utf8Text&, const Tally&, const CountOptions&);
template std::optional<Form> ChooseForm(const Utf16Text&, const Tally&, const CountOptions&);

}  // namespace recado::sms
