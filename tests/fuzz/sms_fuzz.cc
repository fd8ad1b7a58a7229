// Counting any bytes with any options: never crashes, and what it answers is consistent.
//
// The first bytes choose the options, the rest is the text; the same text also goes through as UTF-16, and
// the whole input as a line of `recado sms --batch`.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/limits.h"
#include "core/base/utf8.h"
#include "core/sms/count.h"
#include "core/text/grapheme.h"

namespace recado::sms {
namespace {

void Require(bool holds) {
  if (!holds) std::abort();
}

CountOptions OptionsOf(uint8_t flags, uint8_t first, uint8_t second) {
  CountOptions options;
  options.reference_bits = (flags & 1) != 0 ? 16 : 8;
  options.keep_clusters = (flags & 2) != 0;
  if ((flags & 4) != 0) options.force = (flags & 8) != 0 ? Encoding::kGsm7 : Encoding::kUcs2;
  if ((flags & 16) != 0) options.national.push_back(static_cast<National>(1 + first % 13));
  if ((flags & 32) != 0 && first % 13 != second % 13) {
    options.national.push_back(static_cast<National>(1 + second % 13));
  }
  return options;
}

std::u16string Utf16Of(std::string_view text) {
  std::u16string out;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    const char32_t c = decoded.code_point;
    if (c > 0xFFFF) out.push_back(static_cast<char16_t>(0xD7C0 + (c >> 10)));
    out.push_back(static_cast<char16_t>(c > 0xFFFF ? 0xDC00 + (c & 0x3FF) : c));
    at += decoded.length;
  }
  return out;
}

void RequireConsistent(const SmsCount& count, std::string_view text) {
  Require(count.segments == static_cast<int>(count.parts.size()) && count.segments <= kMaxSmsSegments);
  Require(count.characters == static_cast<int>(text::CountGraphemes(text)));
  uint32_t at = 0;
  int units = 0;
  for (const Part& part : count.parts) {
    Require(part.span.from == at && part.span.to > at && part.units > 0 && part.units <= count.per_segment);
    at = part.span.to;
    units += part.units;
  }
  Require(at == text.size() && units == count.units);
  const int last = count.parts.empty() ? 0 : count.parts.back().units;
  Require(count.remaining == count.per_segment - last);
  uint32_t free = 0;
  for (const Culprit& culprit : count.culprits) {
    Require(culprit.span.from >= free && culprit.span.to > culprit.span.from &&
            culprit.span.to <= text.size());
    Require(text.substr(culprit.span.from, culprit.span.to - culprit.span.from) == culprit.character);
    free = culprit.span.to;
  }
}

void RequireFaults(const Diagnostics& faults, std::string_view text) {
  Require(!faults.empty() && faults.size() <= kMaxSmsDiagnostics);
  for (const Diagnostic& fault : faults) {
    if (fault.span) Require(fault.span->from < fault.span->to && fault.span->to <= text.size());
  }
  Require((faults.front().code == DiagnosticCode::invalid_unicode) == utf8::FindInvalid(text).has_value());
}

void CountBothWays(std::string_view text, const CountOptions& options) {
  const Result<SmsCount> count = Count(text, options);
  const SmsNumbers numbers = CountNumbers(text, options);
  Require(count.ok() == !numbers.fault.has_value());
  if (!count.ok()) {
    RequireFaults(count.error(), text);
    return;
  }
  RequireConsistent(*count, text);
  Require(numbers.units == count->units && numbers.segments == count->segments);
  const Result<SmsCount> wide = CountUtf16(Utf16Of(text), options);
  Require(wide.ok() && ToJson(*wide, OffsetUnit::kUtf16) == ToJson(*count, OffsetUnit::kUtf16));
}

}  // namespace
}  // namespace recado::sms

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  recado::sms::CountRequestLine(input, recado::OffsetUnit::kBytes);
  if (size < 3) return 0;
  recado::sms::CountBothWays(input.substr(3), recado::sms::OptionsOf(data[0], data[1], data[2]));
  std::u16string units;
  for (size_t i = 3; i + 1 < size; i += 2)
    units.push_back(static_cast<char16_t>(data[i] | (data[i + 1] << 8)));
  static_cast<void>(recado::sms::CountUtf16(units, recado::sms::OptionsOf(data[0], data[1], data[2])));
  const recado::sms::SmsNumbers numbers = recado::sms::CountNumbersUtf16(units, {});
  const recado::sms::SmsNumbers quick = recado::sms::CountSizeUtf16(units);
  recado::sms::Require(quick.fault == numbers.fault);
  if (!quick.fault) recado::sms::Require(quick.units == numbers.units && quick.segments == numbers.segments);
  return 0;
}
