#include "core/sms/culprit.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "core/sms/locate.h"
#include "core/sms/replace.h"
#include "core/text/case.h"
#include "core/text/grapheme_machine.h"

namespace recado::sms {
namespace {

template <class Text>
std::string Utf8Of(const Text& text, size_t from, size_t to) {
  std::string out;
  while (from < to) {
    const Point point = text.At(from);
    utf8::Append(out, point.code_point);
    from += point.length;
  }
  return out;
}

// Collects the foreign stretches of one cluster after the other.
template <class Text>
class Collector {
 public:
  Collector(const Text& text, const std::array<bool, kClasses>& foreign, size_t limit)
      : text_(text), foreign_(foreign), limit_(limit), locator_(text) {}

  std::vector<Culprit> Collect() {
    text::GraphemeMachine machine;
    size_t start = 0;
    for (size_t at = 0; at < text_.size() && found_.size() < limit_;) {
      if (const size_t run = machine.AsciiStarts() ? text_.SimpleRun(at, text_.size()) : 0) {
        Cluster(start, at);
        at += run;
        start = at - 1;  // a mark may follow the last character
        machine.SkipAscii(text_.Unit(start));
        continue;
      }
      const Point point = text_.At(at);
      if (machine.Starts(point.code_point)) {
        Cluster(start, at);
        start = at;
      }
      at += point.length;
    }
    Cluster(start, text_.size());
    return std::move(found_);
  }

 private:
  bool IsForeign(const Point& point) const { return foreign_[ClassOf(point.code_point)]; }

  void Cluster(size_t from, size_t to) {
    size_t stretch = from;
    bool inside = false;
    bool any = false;
    bool mixed = false;
    for (size_t at = from; at < to;) {
      const Point point = text_.At(at);
      const bool foreign = IsForeign(point);
      any |= foreign;
      mixed |= !foreign;
      at += point.length;
    }
    if (!any) return;
    if (mixed && AddComposed(from, to)) return;
    for (size_t at = from; at < to;) {
      const Point point = text_.At(at);
      const bool foreign = IsForeign(point);
      if (foreign && !inside) stretch = at;
      if (!foreign && inside) AddStretch(stretch, at);
      inside = foreign;
      at += point.length;
    }
    if (inside) AddStretch(stretch, to);
  }

  // A letter with its accent behind it (as some keyboards and file systems write é) that is one character of
  // the alphabet when composed.
  bool AddComposed(size_t from, size_t to) {
    const std::string written = Utf8Of(text_, from, to);
    const std::string composed = text::Compose(written);
    const Utf8Text whole(composed);
    for (size_t at = 0; at < whole.size();) {
      const Point point = whole.At(at);
      if (IsForeign(point)) return false;
      at += point.length;
    }
    Add(from, to, written, composed);
    return true;
  }

  void AddStretch(size_t from, size_t to) {
    std::string replacement;
    bool replaceable = true;
    for (size_t at = from; at < to && replaceable;) {
      const Point point = text_.At(at);
      const std::optional<std::string_view> entry = ReplacementFor(point.code_point);
      if (entry) replacement.append(*entry);
      replaceable = entry.has_value();
      at += point.length;
    }
    std::optional<std::string> put;
    if (replaceable) put = std::move(replacement);
    Add(from, to, Utf8Of(text_, from, to), std::move(put));
  }

  void Add(size_t from, size_t to, std::string character, std::optional<std::string> replacement) {
    if (found_.size() >= limit_) return;
    found_.push_back({locator_.SpanOf(from, to), std::move(character), true, std::move(replacement)});
  }

  const Text& text_;
  const std::array<bool, kClasses>& foreign_;
  size_t limit_;
  Locator<Text> locator_;
  std::vector<Culprit> found_;
};

}  // namespace

std::array<bool, kClasses> ForeignClasses(const Tally& tally, const CountOptions& options) {
  const Costs standard = CostsOf(National::kNone, National::kNone);
  std::array<bool, kClasses> outside{};
  std::array<bool, kClasses> foreign{};
  for (size_t i = 0; i < kClasses; ++i) outside[i] = foreign[i] = standard[i] == 0;
  for (const National national : options.national) {
    const Costs costs = CostsOf(national, national);
    for (size_t i = 0; i < kClasses; ++i) foreign[i] = foreign[i] && costs[i] == 0;
  }
  bool any = false;
  for (size_t i = 0; i < kClasses; ++i) any |= foreign[i] && tally.by_class[i] != 0;
  return any ? foreign : outside;
}

template <class Text>
std::vector<Culprit> ForeignCulprits(const Text& text, const std::array<bool, kClasses>& foreign,
                                     size_t limit) {
  return Collector<Text>(text, foreign, limit).Collect();
}

template <class Text>
std::vector<Culprit> ExtendedCulprits(const Text& text, const Costs& costs) {
  std::vector<Culprit> found;
  Locator<Text> locator(text);
  for (size_t at = 0; at < text.size();) {
    const Point point = text.At(at);
    if (costs[ClassOf(point.code_point)] == 2) {
      const size_t end = at + point.length;
      found.push_back({locator.SpanOf(at, end), Utf8Of(text, at, end), false, std::nullopt});
    }
    at += point.length;
  }
  return found;
}

template <class Text>
std::string Replaced(const Text& text, const std::vector<Culprit>& culprits) {
  const std::string whole = Utf8Of(text, 0, text.size());
  std::string out;
  out.reserve(whole.size());
  size_t copied = 0;
  for (const Culprit& culprit : culprits) {
    if (!culprit.replacement) continue;
    out.append(whole, copied, culprit.span.from - copied).append(*culprit.replacement);
    copied = culprit.span.to;
  }
  return out.append(whole, copied, std::string::npos);
}

template std::vector<Culprit> ForeignCulprits(const Utf8Text&, const std::array<bool, kClasses>&, size_t);
template std::vector<Culprit> ForeignCulprits(const Utf16Text&, const std::array<bool, kClasses>&, size_t);
template std::vector<Culprit> ExtendedCulprits(const Utf8Text&, const Costs&);
template std::vector<Culprit> ExtendedCulprits(const Utf16Text&, const Costs&);
template std::string Replaced(const Utf8Text&, const std::vector<Culprit>&);
template std::string Replaced(const Utf16Text&, const std::vector<Culprit>&);

}  // namespace recado::sms
