// Counting an SMS: which alphabet, how many segments, what each character costs and what to write instead.
//
// The whole of 3GPP TS 23.038 (alphabets, national tables) and TS 23.040 (concatenation) that decides the
// price of a text. Pure and linear in the length of the text; a block scan makes ASCII and GSM text cheap.
//
//   Result<SmsCount> count = Count("Grüße aus Köln", {});
//   count->segments  // 1
//
// Errors: invalid_unicode (with the place), not_in_gsm7 (forced and impossible, a diagnostic for each
// character), too_many_segments.
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
  int reference_bits = 8;          // 8 or 16: the concatenation reference
  std::vector<National> national;  // tables the caller allows, in order of preference; never used unasked
  bool keep_clusters = false;      // do not cut inside a grapheme cluster
  std::optional<Encoding> force;
};

struct Part {
  Span span;
  int units = 0;  // septets or 16-bit units, greedy
};

// One character (grapheme cluster base or code point) that makes the message dearer.
struct Culprit {
  Span span;
  std::string character;
  bool forces_ucs2 = false;                // else it takes two septets
  std::optional<std::string> replacement;  // by which the cost would go away
};

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

// The request and answer objects of `recado sms` and countSms (formats §6). Never fails: faults are
// {"errors":[…]}.
Json CountJson(const Json& request, OffsetUnit unit, std::string_view language = "en");
// The answer object of one count.
Json ToJson(const SmsCount& count, OffsetUnit unit);

}  // namespace recado::sms
