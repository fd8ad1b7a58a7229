#include "core/sms/count.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/sms/culprit.h"
#include "core/sms/form.h"
#include "core/sms/locate.h"
#include "core/sms/outline.h"

namespace recado::sms {
namespace {

std::string Hex(char32_t value, int width) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (int shift = 20; shift >= 0; shift -= 4) {
    const char32_t digit = (value >> shift) & 0xF;
    if (digit != 0 || !out.empty() || shift < width * 4) out.push_back(kDigits[digit]);
  }
  return out;
}

// Half a surrogate pair written as three bytes, as careless converters do: ED A0 80 … ED BF BF.
bool IsEncodedSurrogate(const Utf8Text& text, size_t at) {
  return at + 2 < text.size() && text.Unit(at) == 0xED && (text.Unit(at + 1) & 0xE0) == 0xA0 &&
         (text.Unit(at + 2) & 0xC0) == 0x80;
}

size_t FaultEnd(const Utf8Text& text, size_t at, const Point& point) {
  return at + (IsEncodedSurrogate(text, at) ? 3U : point.length);
}
size_t FaultEnd(const Utf16Text&, size_t at, const Point& point) {
  return at + point.length;
}

std::string FaultBytes(const Utf8Text& text, size_t at, size_t end) {
  if (IsEncodedSurrogate(text, at)) {
    const char32_t low = ((text.Unit(at + 1) & 0x3F) << 6) | (text.Unit(at + 2) & 0x3F);
    return "U+" + Hex(0xD000 | low, 4);
  }
  std::string out;
  for (; at < end; ++at) out.append(out.empty() ? "" : " ").append(Hex(text.Unit(at), 2));
  return out;
}
std::string FaultBytes(const Utf16Text& text, size_t at, size_t) {
  return "U+" + Hex(text.Unit(at), 4);
}

// Where a surrogate was written in three bytes, the place in UTF-16 is that of one unit, not of three
// malformed bytes.
void CorrectUnits(Span& span, size_t surplus) {
  span.from16 -= static_cast<uint32_t>(surplus);
  span.to16 -= static_cast<uint32_t>(surplus);
  span.column -= static_cast<uint32_t>(surplus);
}

template <class Text>
Diagnostics InvalidPlaces(const Text& text, size_t first) {
  Diagnostics faults;
  Locator<Text> locator(text);
  size_t surplus = 0;
  for (size_t at = first; at < text.size() && faults.size() < kMaxSmsDiagnostics;) {
    const Point point = text.At(at);
    if (point.valid) {
      at += point.length;
      continue;
    }
    const size_t end = FaultEnd(text, at, point);
    Span span = locator.SpanOf(at, end);
    CorrectUnits(span, surplus);
    // The locator took each byte of such a surrogate for a character of its own.
    const size_t extra = end - at == point.length ? 0 : 2;
    span.to16 -= static_cast<uint32_t>(extra);
    surplus += extra;
    faults.push_back(Diagnostic::Of(DiagnosticCode::invalid_unicode)
                         .At("/text")
                         .In(span)
                         .With("bytes", FaultBytes(text, at, end)));
    at = end;
  }
  return faults;
}

// The marks with their texts and all their offsets.
template <class Text>
std::vector<Culprit> CulpritsOf(const Text& text, const Marks& marks, bool forces_ucs2) {
  std::vector<Culprit> culprits;
  culprits.reserve(marks.list.size());
  Locator<Text> locator(text);
  size_t used = 0;
  for (const Mark& mark : marks.list) {
    Culprit& culprit = culprits.emplace_back();
    culprit.span = locator.SpanOf(mark.place.from, mark.place.to);
    culprit.character = Utf8Of(text, mark.place);
    culprit.forces_ucs2 = forces_ucs2;
    if (!mark.replacement) continue;
    culprit.replacement = marks.replacements.substr(used, *mark.replacement);
    used += *mark.replacement;
  }
  return culprits;
}

template <class Text>
Diagnostics Unsayable(const Text& text, const Outline& outline, const CountOptions& options) {
  Marks marks;
  MarkForeign(text, outline.finds.outside, ForeignClasses(outline.tally, options), kMaxSmsDiagnostics, marks);
  Diagnostics faults;
  for (const Culprit& culprit : CulpritsOf(text, marks, true)) {
    const char32_t first = Utf8Text(culprit.character).At(0).code_point;
    Diagnostic fault = Diagnostic::Of(DiagnosticCode::not_in_gsm7)
                           .At("/text")
                           .In(culprit.span)
                           .With("character", culprit.character)
                           .With("code", "U+" + Hex(first, 4));
    if (culprit.replacement) fault = std::move(fault).Fixed(*culprit.replacement);
    faults.push_back(std::move(fault));
  }
  return faults;
}

Diagnostics TooMany(size_t segments) {
  return {Diagnostic::Of(DiagnosticCode::too_many_segments)
              .At("/text")
              .With("actual", std::to_string(segments))
              .With("limit", std::to_string(kMaxSmsSegments))};
}

// The numbers of a choice, for SmsCount and SmsNumbers alike.
template <class Out>
void Fill(Out& out, const Form& form, const Tally& tally) {
  out.encoding = form.encoding;
  out.units = static_cast<int>(form.units);
  out.segments = static_cast<int>(form.segments);
  out.characters = static_cast<int>(tally.characters);
  out.per_segment = form.capacity;
  out.remaining = form.capacity - form.last_units;
  out.locking = form.locking;
  out.single = form.single;
}

template <class Text>
std::vector<Part> PartsOf(const Text& text, const std::vector<Outline::Part>& cuts) {
  std::vector<Part> parts;
  parts.reserve(cuts.size());
  Locator<Text> locator(text);
  size_t start = 0;
  for (const Outline::Part& cut : cuts) {
    parts.push_back({locator.SpanOf(start, cut.end), cut.units});
    start = cut.end;
  }
  return parts;
}

template <class Text>
Result<SmsCount> CountText(const Text& text, const CountOptions& options) {
  Outline outline;
  if (!outline.Of(text, options)) {
    if (outline.tally.invalid) return InvalidPlaces(text, *outline.tally.invalid);
    if (!outline.form) return Unsayable(text, outline, options);
    return TooMany(outline.form->segments);
  }
  SmsCount count;
  Fill(count, *outline.form, outline.tally);
  count.parts = PartsOf(text, outline.parts);
  count.culprits = CulpritsOf(text, outline.marks, outline.form->encoding == Encoding::kUcs2);
  if (outline.cheaper) {
    count.suggestion = {Replaced(text, outline.marks), outline.cheaper->encoding, outline.cheaper->segments};
  }
  return count;
}

template <class Text>
SmsNumbers NumbersOf(const Text& text, const Tally& tally, const CountOptions& options) {
  SmsNumbers numbers;
  std::optional<Form> form;
  if (!tally.invalid) {
    form = ChooseForm(tally, options, [&](const Form& tried, int capacity) {
      return SegmentAs(text, tried, capacity, options.keep_clusters, [](size_t, int) {});
    });
  }
  numbers.fault = FaultOf(tally, form);
  if (form) Fill(numbers, *form, tally);
  return numbers;
}

template <class Text>
SmsNumbers CountNumbersOf(const Text& text, const CountOptions& options) {
  return NumbersOf(text, TallyOf(text, !options.national.empty(), nullptr), options);
}

}  // namespace

Result<SmsCount> Count(std::string_view utf8, const CountOptions& options) {
  return CountText(Utf8Text(utf8), options);
}

Result<SmsCount> CountUtf16(std::u16string_view utf16, const CountOptions& options) {
  return CountText(Utf16Text(utf16), options);
}

SmsNumbers CountNumbers(std::string_view utf8, const CountOptions& options) {
  return CountNumbersOf(Utf8Text(utf8), options);
}

SmsNumbers CountNumbersUtf16(std::u16string_view utf16, const CountOptions& options) {
  return CountNumbersOf(Utf16Text(utf16), options);
}

SmsNumbers CountSizeUtf16(std::u16string_view utf16) {
  const Utf16Text text(utf16);
  return NumbersOf(text, QuickTallyOf(text), {});
}

std::string Dump(const SmsCount& count) {
  const auto number = [](std::string_view name, int value) {
    return std::string(name) + "=" + std::to_string(value);
  };
  const auto place = [](const Span& span) {
    return std::to_string(span.from) + ".." + std::to_string(span.to);
  };
  std::string out = count.encoding == Encoding::kGsm7 ? "gsm7" : "ucs2";
  if (count.locking != National::kNone) out.append(" locking=").append(NationalTag(count.locking));
  if (count.single != National::kNone) out.append(" single=").append(NationalTag(count.single));
  out += number(" units", count.units) + number(" segments", count.segments) +
         number(" characters", count.characters) + number(" per_segment", count.per_segment) +
         number(" remaining", count.remaining) + " parts=[";
  for (const Part& part : count.parts) {
    out += (&part == count.parts.data() ? "" : " ") + place(part.span) + ":" + std::to_string(part.units);
  }
  out += "]";
  for (const Culprit& culprit : count.culprits) {
    out += (culprit.forces_ucs2 ? " culprit=" : " extended=") + culprit.character + "@" + place(culprit.span);
    if (culprit.replacement) out += "→" + *culprit.replacement;
  }
  if (count.suggestion) out += " suggestion=" + count.suggestion->text;
  return out;
}

}  // namespace recado::sms
