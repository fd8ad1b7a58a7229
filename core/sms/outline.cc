#include "core/sms/outline.h"

#include "core/base/limits.h"

namespace recado::sms {
namespace {

// Segments a text as often as it is asked to, and keeps the parts of the last time.
template <class Text>
class Cutter {
 public:
  Cutter(const Text& text, bool keep_clusters, std::vector<Outline::Part>& parts)
      : text_(text), keep_clusters_(keep_clusters), parts_(parts) {}

  Segments Cut(const Form& form, int capacity) {
    parts_.clear();
    const Segments segments = SegmentAs(text_, form, capacity, keep_clusters_, [this](size_t at, int units) {
      parts_.push_back({at, units});
    });
    parts_.push_back({text_.size(), segments.last_units});
    last_ = form;
    return segments;
  }

  // Leaves the parts of the chosen form behind, cutting as little as can be.
  void Finish(const Form& form, const Tally& tally) {
    if (form.segments > 1 && IsLast(form)) return;
    parts_.clear();
    if (form.segments == 0) return;
    if (form.segments == 1) {
      parts_.push_back({text_.size(), static_cast<int>(form.units)});
    } else if (!keep_clusters_ && form.units == text_.size() && tally.points == text_.size()) {
      Divide(form);
    } else {
      Cut(form, form.capacity);
    }
  }

 private:
  bool IsLast(const Form& form) const {
    return last_ && last_->encoding == form.encoding && last_->locking == form.locking &&
           last_->single == form.single;
  }

  // Each character is one unit, of the message and of the text.
  void Divide(const Form& form) {
    const auto capacity = static_cast<size_t>(form.capacity);
    for (size_t end = capacity; end < text_.size(); end += capacity) parts_.push_back({end, form.capacity});
    parts_.push_back({text_.size(), form.last_units});
  }

  const Text& text_;
  bool keep_clusters_;
  std::vector<Outline::Part>& parts_;
  std::optional<Form> last_;
};

// Whether a text that stays in UCS-2 could take fewer segments, by division: where not, it need not be
// written down.
bool MayShorten(const Tally& after, const Form& now) {
  if (now.segments < 2) return false;
  const size_t room = now.segments == 2 ? static_cast<size_t>(CapacityOf(Encoding::kUcs2, 0, 0))
                                        : (now.segments - 1) * static_cast<size_t>(now.capacity);
  return after.units16 <= room;
}

// What the replacements would make of a text in UCS-2.
template <class Text>
std::optional<Outline::Cheaper> CheaperOf(const Text& text, const Outline& now, const CountOptions& options) {
  if (options.force || now.marks.list.empty()) return std::nullopt;
  bool any = false;
  for (const Mark& mark : now.marks.list) any |= mark.replacement.has_value();
  if (!any) return std::nullopt;
  const Tally after = TallyReplaced(text, now.tally, !options.national.empty(), now.marks);
  if (options.national.empty() && (after.classes & kOutsideDefault) != 0 && !MayShorten(after, *now.form))
    return std::nullopt;
  std::string replaced;
  const std::optional<Form> form = ChooseForm(after, options, [&](const Form& tried, int capacity) {
    if (replaced.empty()) replaced = Replaced(text, now.marks);
    return SegmentAs(Utf8Text(replaced), tried, capacity, options.keep_clusters, [](size_t, int) {});
  });
  if (FaultOf(after, form)) return std::nullopt;
  const bool fewer = form->segments < now.form->segments;
  const bool lighter = form->segments == now.form->segments && form->encoding < now.form->encoding;
  if (!fewer && !lighter) return std::nullopt;
  return Outline::Cheaper{form->encoding, static_cast<int>(form->segments)};
}

}  // namespace

std::optional<DiagnosticCode> FaultOf(const Tally& tally, const std::optional<Form>& form) {
  if (tally.invalid) return DiagnosticCode::invalid_unicode;
  if (!form) return DiagnosticCode::not_in_gsm7;
  if (form->segments > static_cast<size_t>(kMaxSmsSegments)) return DiagnosticCode::too_many_segments;
  return std::nullopt;
}

template <class Text>
bool Outline::Of(const Text& text, const CountOptions& options) {
  parts.clear();
  finds.outside.clear();
  finds.extended.clear();
  marks.list.clear();
  marks.replacements.clear();
  cheaper.reset();
  form.reset();
  tally = TallyOf(text, !options.national.empty(), &finds);
  Cutter<Text> cutter(text, options.keep_clusters, parts);
  if (!tally.invalid) {
    form = ChooseForm(tally, options,
                      [&](const Form& tried, int capacity) { return cutter.Cut(tried, capacity); });
  }
  if (FaultOf(tally, form)) {
    parts.clear();
    return false;
  }
  cutter.Finish(*form, tally);
  if (form->encoding == Encoding::kUcs2) {
    MarkForeign(text, finds.outside, ForeignClasses(tally, options), text.size(), marks);
    cheaper = CheaperOf(text, *this, options);
  } else if (form->units > tally.points) {
    const bool standard = options.national.empty();
    if (standard) {
      for (const Stretch& place : finds.extended) marks.list.push_back({place});
    } else {
      MarkExtended(text, *form, marks);
    }
  }
  return true;
}

template bool Outline::Of(const Utf8Text&, const CountOptions&);
template bool Outline::Of(const Utf16Text&, const CountOptions&);

}  // namespace recado::sms
