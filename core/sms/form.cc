#include "core/sms/form.h"

#include <algorithm>
#include <bit>
#include <tuple>
#include <vector>

#include "core/sms/surrogates.h"

namespace recado::sms {
namespace {

// Units of a text in GSM-7 with these costs; nothing where a character has none.
struct Price {
  size_t units = 0;
  size_t doubles = 0;  // characters of two septets: only they make cuts fall short
};

std::optional<Price> PriceOf(const Tally& tally, const Costs& costs) {
  Price price;
  for (ClassSet rest = tally.classes; rest != 0; rest &= rest - 1) {
    const auto i = static_cast<size_t>(std::countr_zero(rest));
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
  Chooser(const Tally& tally, const CountOptions& options, const ExactSegments& exact)
      : tally_(tally), options_(options), exact_(exact) {}

  std::optional<Form> Choose() {
    if (options_.force != Encoding::kUcs2) {
      Consider(National::kNone, National::kNone);
      // One septet a character and no header cannot be beaten.
      const bool perfect = best_ && best_->units == tally_.points;
      if (!perfect && !options_.national.empty()) ConsiderPairs();
    }
    if (options_.force != Encoding::kGsm7 && !(best_ && best_->segments <= 1)) ConsiderUcs2();
    return best_;
  }

 private:
  void ConsiderPairs() {
    std::vector<National> lockings = {National::kNone};
    std::vector<National> singles = {National::kNone};
    for (const National national : options_.national) {
      if (HasLockingTable(national)) lockings.push_back(national);
      singles.push_back(national);
    }
    for (const National locking : lockings) {
      for (const National single : singles) {
        if (locking != National::kNone || single != National::kNone) Consider(locking, single);
      }
    }
  }

  void Consider(National locking, National single) {
    const std::optional<Price> price = PriceOf(tally_, CostsOf(locking, single));
    if (!price) return;
    Form form;
    form.locking = locking;
    form.single = single;
    form.units = price->units;
    Compete(form, price->doubles == 0);
  }

  void ConsiderUcs2() {
    Form form;
    form.encoding = Encoding::kUcs2;
    form.units = tally_.units16;
    Compete(form, tally_.units16 == tally_.points);
  }

  // Fills in the segments, if the form can still win, and keeps the better one. `even`: every character is
  // one unit.
  void Compete(Form form, bool even) {
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
        const Segments segments = exact_(form, form.capacity);
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
  const ExactSegments& exact_;
  std::optional<Form> best_;
};

// One walk over a text. The members are what it carries along.
template <class Text>
class Walk {
 public:
  Walk(const Text& text, bool by_tables, Finds* finds) : text_(text), by_tables_(by_tables), finds_(finds) {}

  Tally Count() {
    const size_t size = text_.size();
    for (size_t at = 0; at < size;) {
      at = SkipRun(at);
      if (at == size) break;
      const Point point = text_.At(at);
      if (!point.valid) {
        tally_.invalid = at;
        return tally_;
      }
      Take(point, at);
      at += point.length;
    }
    EndCluster(size);
    tally_.Add(kOneSeptet, simple_);
    tally_.points += simple_;
    tally_.units16 += simple_;
    tally_.characters += simple_;
    return tally_;
  }

 private:
  size_t SkipRun(size_t at) {
    if (by_tables_ || text_.Unit(at) >= 0x80 || !machine_.AsciiStarts()) return at;
    const size_t run = text_.SimpleRun(at, text_.size());
    if (run == 0) return at;
    EndCluster(at);
    simple_ += run;
    cluster_ = at + run - 1;  // a mark may follow the last one
    machine_.SkipAscii(text_.Unit(cluster_));
    return at + run;
  }

  void Take(const Point& point, size_t at) {
    CharacterClass character_class = ClassOf(point.code_point);
    const bool outside = (SetOf(character_class) & kOutsideDefault) != 0;
    if (!by_tables_) character_class = DefaultClassOf(character_class);
    tally_.Add(character_class, 1);
    ++tally_.points;
    tally_.units16 += point.units16;
    if (machine_.Starts(point.code_point)) {
      ++tally_.characters;
      EndCluster(at);
      cluster_ = at;
    }
    foreign_ |= outside;
    if (!by_tables_ && character_class == kTwoSeptets && finds_)
      finds_->extended.push_back(PieceOf(at, at + point.length));
  }

  void EndCluster(size_t at) {
    if (foreign_ && finds_) finds_->outside.push_back(PieceOf(cluster_, at));
    foreign_ = false;
  }

  static Stretch PieceOf(size_t from, size_t to) {
    return {static_cast<uint32_t>(from), static_cast<uint32_t>(to)};
  }

  const Text& text_;
  bool by_tables_;
  Finds* finds_;
  Tally tally_;
  text::GraphemeMachine machine_;
  size_t simple_ = 0;     // characters in runs
  size_t cluster_ = 0;    // where the one under way began
  bool foreign_ = false;  // whether it holds a character outside of the default alphabet
};

}  // namespace

template <class Text>
Tally TallyOf(const Text& text, bool by_tables, Finds* finds) {
  return Walk<Text>(text, by_tables, finds).Count();
}

Tally QuickTallyOf(const Utf16Text& text) {
  Tally tally;
  tally.points = tally.units16 = text.size();
  size_t others = 0;
  for (size_t at = 0; at < text.size();) {
    at += text.SimpleRun(at, text.size());
    if (at == text.size()) break;
    const CharacterClass character_class = DefaultClassOf(ClassOf(text.Unit(at)));  // of a surrogate: 0
    tally.Add(character_class, 1);
    if (character_class == 0) {
      const Surrogates surrogates = SurrogatesOf(text.From(at));
      if (!surrogates.paired) tally.invalid = at;
      if (surrogates.any) --tally.points;
      return tally;
    }
    ++others;
    ++at;
  }
  tally.Add(kOneSeptet, text.size() - others);
  return tally;
}

std::optional<Form> ChooseForm(const Tally& tally, const CountOptions& options, const ExactSegments& exact) {
  return Chooser(tally, options, exact).Choose();
}

template Tally TallyOf(const Utf8Text&, bool, Finds*);
template Tally TallyOf(const Utf16Text&, bool, Finds*);

}  // namespace recado::sms
