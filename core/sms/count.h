// Counting an SMS: which alphabet, how many segments, what each character costs and what to write instead.
//
// The whole of 3GPP TS 23.038 (alphabets, national tables) and TS 23.040 (concatenation) that decides the
// price of a text. Pure and linear in the length of the text; a block scan makes ASCII and GSM text cheap.
//
//   Result<SmsCount> count = Count("Grüße aus Köln", {});
//   count->segments  // 1
//
// The text comes as UTF-8 or as UTF-16 and is counted in the form it comes in; the answers are the same.
// Every span has both kinds of offsets. CountNumbers() is the light form, without parts, culprits and
// suggestion: it allocates nothing.
//
// Decisions: an empty text has 0 segments, and 160 (GSM-7) or 70 (forced UCS-2) units of room. `per_segment`
// is the capacity of each part as the message is sent: of the only part, or of each of several, headers taken
// off.
//
// Errors: invalid_unicode (with each place), not_in_gsm7 (forced and impossible, a diagnostic for each
// character), too_many_segments; at most kMaxSmsDiagnostics of one text.
//
// Pure functions; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace recado::sms {

enum class Encoding : uint8_t { kGsm7, kUcs2 };

// National language identifiers of 3GPP TS 23.038, 6.2.1.2.4; the value is the octet on the air.
enum class National : uint8_t {
  kNone = 0,
  kTurkish = 1,
  kSpanish = 2,
  kPortuguese = 3,
  kBengali = 4,
  kGujarati = 5,
  kHindi = 6,
  kKannada = 7,
  kMalayalam = 8,
  kOriya = 9,
  kPunjabi = 10,
  kTamil = 11,
  kTelugu = 12,
  kUrdu = 13,
};
std::string_view NationalTag(National national);  // "tr", "es", …; "" for kNone
std::optional<National> NationalFromTag(std::string_view tag);

struct CountOptions {
  int reference_bits = 8;            // 8 or 16: the concatenation reference
  std::vector<National> national{};  // tables the caller allows, in order of preference; never used unasked
  bool keep_clusters = false;        // do not cut inside a grapheme cluster
  std::optional<Encoding> force{};
};

struct Part {
  Span span;
  int units = 0;  // septets or 16-bit units, greedy
};

// A character that makes the message dearer: it cannot be said in GSM-7 (nor in an allowed national table),
// so the whole text takes 16-bit units, or it takes two septets. A stretch of such code points inside one
// grapheme cluster is one culprit: a flag, an emoji with its skin tone, or only the accent that somebody
// typed behind a plain letter.
struct Culprit {
  Span span;
  std::string character;                   // UTF-8
  bool forces_ucs2 = false;                // else it takes two septets
  std::optional<std::string> replacement;  // by which the cost would go away; may be empty
};

// The whole text with every replaceable culprit replaced. Given only where that is cheaper: fewer segments,
// or GSM-7 instead of UCS-2 without more segments.
struct Suggestion {
  std::string text;
  Encoding encoding = Encoding::kGsm7;
  int segments = 0;
};

struct SmsCount {
  Encoding encoding = Encoding::kGsm7;
  int units = 0;
  int segments = 0;       // 0 for an empty text
  int characters = 0;     // grapheme clusters
  int per_segment = 160;  // capacity of one part in the chosen form
  int remaining = 160;    // room in the last part
  National locking = National::kNone;
  National single = National::kNone;
  std::vector<Part> parts;
  std::vector<Culprit> culprits;
  std::optional<Suggestion> suggestion;
};

Result<SmsCount> Count(std::string_view utf8, const CountOptions& options);
Result<SmsCount> CountUtf16(std::u16string_view utf16, const CountOptions& options);

// The numbers alone. Where `fault` is set the others mean nothing, but `segments` for too_many_segments.
struct SmsNumbers {
  std::optional<DiagnosticCode> fault;  // invalid_unicode, not_in_gsm7, too_many_segments
  Encoding encoding = Encoding::kGsm7;
  int units = 0;
  int segments = 0;
  int characters = 0;
  int per_segment = 160;
  int remaining = 160;
  National locking = National::kNone;
  National single = National::kNone;
};
SmsNumbers CountNumbers(std::string_view utf8, const CountOptions& options);
SmsNumbers CountNumbersUtf16(std::u16string_view utf16, const CountOptions& options);
// The size of the message alone, under the default options: `characters` is not counted. Several times as
// quick where the text needs UCS-2, because little more than its surrogates is looked at.
SmsNumbers CountSizeUtf16(std::u16string_view utf16);

// The request and answer objects of `recado sms` and countSms (formats §6). Never fails: faults of the text
// are
// {"errors":[…]}; a request that is not one (no text, a wrong type) answers {"error":{…},"errors":[…]}, of
// which "error" is the first. Members it does not know are {"warnings":[…]} beside the answer.
Json CountJson(const Json& request, OffsetUnit unit, std::string_view language = "en");
// The same from the line as it came. A JSON text cannot hold half a surrogate pair ("\ud800") nor malformed
// UTF-8, and the JSON library would refuse the whole line; here both are the fault invalid_unicode of the
// text, at its place. A line that is not JSON answers {"error":{…}}.
Json CountRequestLine(std::string_view line, OffsetUnit unit, std::string_view language = "en");
// The answer object of one count. "culprits" are those that force UCS-2; those of two septets are "extended".
Json ToJson(const SmsCount& count, OffsetUnit unit);

// One line for tests and logs: `gsm7 units=6 segments=1 characters=6 per_segment=160 remaining=154
// parts=[0..6:6]`.
std::string Dump(const SmsCount& count);

}  // namespace recado::sms
