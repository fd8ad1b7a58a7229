#include <algorithm>
#include <array>
#include <iterator>

#include "core/base/utf8.h"
#include "core/sms/count.h"

namespace recado::sms {
namespace {

constexpr std::string_view kNationalTags = "tr es pt bn gu hi kn ml or pa ta te ur";

// A request read out of JSON: faults (errors) and remarks (unknown members) apart.
struct Request {
  std::string_view text;
  CountOptions options;
  Diagnostics faults;
  Diagnostics remarks;
};

Diagnostic WrongType(std::string_view name, std::string path, std::string expected, const Json& actual) {
  return Diagnostic::Of(DiagnosticCode::wrong_type)
      .At(std::move(path))
      .With("what", std::string(name))
      .With("expected", std::move(expected))
      .With("actual", std::string(TypeWord(actual)));
}

Diagnostic NotAllowed(std::string_view what, std::string path, std::string value, std::string_view allowed) {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At(std::move(path))
      .With("value", std::move(value))
      .With("what", std::string(what))
      .With("allowed", std::string(allowed));
}

void ReadReference(const Json& value, Request& request) {
  if (!value.is_number()) {
    request.faults.push_back(WrongType("reference", "/reference", "8 or 16", value));
  } else if (value == 8 || value == 16) {
    request.options.reference_bits = value == 8 ? 8 : 16;
  } else {
    request.faults.push_back(NotAllowed("reference", "/reference", DumpJson(value), "8, 16"));
  }
}

void ReadNational(const Json& value, Request& request) {
  if (!value.is_array()) {
    request.faults.push_back(WrongType("national", "/national", "a list", value));
    return;
  }
  std::vector<National>& chosen = request.options.national;
  for (size_t i = 0; i < value.size(); ++i) {
    const std::string path = Child("/national", i);
    if (!value[i].is_string()) {
      request.faults.push_back(WrongType("national", path, "a text", value[i]));
      continue;
    }
    const auto& tag = value[i].get_ref<const std::string&>();
    const std::optional<National> national = NationalFromTag(tag);
    if (!national) {
      request.faults.push_back(NotAllowed("national", path, tag, kNationalTags));
    } else if (std::find(chosen.begin(), chosen.end(), *national) == chosen.end()) {
      chosen.push_back(*national);
    }
  }
}

void ReadForce(const Json& value, Request& request) {
  if (!value.is_string()) {
    request.faults.push_back(WrongType("force", "/force", "a text", value));
  } else if (value == "gsm7") {
    request.options.force = Encoding::kGsm7;
  } else if (value == "ucs2") {
    request.options.force = Encoding::kUcs2;
  } else {
    request.faults.push_back(NotAllowed("force", "/force", value.get<std::string>(), "gsm7, ucs2"));
  }
}

Request ReadRequest(const Json& json) {
  Request request;
  if (!json.is_object()) {
    request.faults.push_back(WrongType("request", "", "an object", json));
    return request;
  }
  bool text = false;
  for (const auto& [name, value] : json.items()) {
    if (name == "text") {
      text = true;
      if (value.is_string()) {
        request.text = value.get_ref<const std::string&>();
      } else {
        request.faults.push_back(WrongType("text", "/text", "a text", value));
      }
    } else if (name == "reference") {
      ReadReference(value, request);
    } else if (name == "national") {
      ReadNational(value, request);
    } else if (name == "keep_clusters") {
      if (value.is_boolean()) {
        request.options.keep_clusters = value.get<bool>();
      } else {
        request.faults.push_back(WrongType("keep_clusters", "/keep_clusters", "true or false", value));
      }
    } else if (name == "force") {
      ReadForce(value, request);
    } else {
      request.remarks.push_back(
          Diagnostic::Of(DiagnosticCode::unknown_member).At(Child("", name)).With("name", name));
    }
  }
  if (!text) request.faults.push_back(Diagnostic::Of(DiagnosticCode::missing_member).With("what", "text"));
  return request;
}

Json SpanJson(const Span& span, OffsetUnit unit) {
  if (unit == OffsetUnit::kBytes) return {{"from", span.from}, {"to", span.to}};
  return {{"from", span.from16}, {"to", span.to16}};
}

std::string_view EncodingName(Encoding encoding) {
  return encoding == Encoding::kGsm7 ? "gsm7" : "ucs2";
}

Json TagOrNull(National national) {
  return national == National::kNone ? Json(nullptr) : Json(NationalTag(national));
}

// --- Lines that JSON cannot hold
// ----------------------------------------------------------------------------------

// Replaces what JSON cannot hold (malformed UTF-8 and \u escapes of half a surrogate pair) by a stand-in
// character, and remembers what stood there as raw bytes.
class Mender {
 public:
  // A character that nobody writes and this line does not have, be it raw or as an escape.
  explicit Mender(std::string_view line) : line_(line) {
    for (char32_t candidate = 0xFDD0; candidate <= 0xFDEF; ++candidate) {
      std::string raw;
      utf8::Append(raw, candidate);
      const std::string low = Escape(candidate, 'a');
      if (line.find(raw) != std::string_view::npos || ContainsEscape(low)) continue;
      stand_in_ = raw;
      return;
    }
  }

  bool possible() const { return !stand_in_.empty(); }
  const std::vector<std::string>& taken() const { return taken_; }
  const std::string& stand_in() const { return stand_in_; }

  std::string Mend() {
    std::string out;
    out.reserve(line_.size());
    for (size_t at = 0; at < line_.size();) {
      if (line_[at] == '\\') {
        at += MendEscape(at, out);
        continue;
      }
      const utf8::Decoded decoded = utf8::Decode(line_, at);
      if (decoded.valid) {
        out.append(line_, at, decoded.length);
      } else {
        Take(std::string(line_.substr(at, decoded.length)), out);
      }
      at += decoded.length;
    }
    return out;
  }

 private:
  static std::string Escape(char32_t value, char ten) {
    std::string out = "\\u";
    for (int shift = 12; shift >= 0; shift -= 4) {
      const auto digit = static_cast<int>((value >> shift) & 0xF);
      out.push_back(static_cast<char>(digit < 10 ? '0' + digit : ten + digit - 10));
    }
    return out;
  }

  bool ContainsEscape(std::string_view lower) const {
    const auto same = [](char a, char b) { return (a | (a >= 'A' && a <= 'Z' ? 0x20 : 0)) == b; };
    return std::search(line_.begin(), line_.end(), lower.begin(), lower.end(), same) != line_.end();
  }

  // The value of "\uXXXX" at `at`.
  std::optional<char32_t> EscapeAt(size_t at) const {
    if (at + 6 > line_.size() || line_[at] != '\\' || line_[at + 1] != 'u') return std::nullopt;
    char32_t value = 0;
    for (size_t i = at + 2; i < at + 6; ++i) {
      const char c = line_[i];
      const char lower = static_cast<char>(c | 0x20);
      if (c >= '0' && c <= '9') {
        value = value * 16 + static_cast<char32_t>(c - '0');
      } else if (lower >= 'a' && lower <= 'f') {
        value = value * 16 + static_cast<char32_t>(lower - 'a' + 10);
      } else {
        return std::nullopt;
      }
    }
    return value;
  }

  // Copies the escape at `at`, or the stand-in for half a pair; the length that was read.
  size_t MendEscape(size_t at, std::string& out) {
    const std::optional<char32_t> value = EscapeAt(at);
    size_t length = value ? 6 : std::min<size_t>(2, line_.size() - at);
    if (!value && length == 2 && static_cast<unsigned char>(line_[at + 1]) >= 0x80) length = 1;
    const bool high = value && *value >= 0xD800 && *value <= 0xDBFF;
    const bool low = value && *value >= 0xDC00 && *value <= 0xDFFF;
    if (high) {
      const std::optional<char32_t> next = EscapeAt(at + 6);
      if (next && *next >= 0xDC00 && *next <= 0xDFFF) length = 12;
    }
    if (low || (high && length == 6)) {
      Take(SurrogateBytes(*value), out);
    } else {
      out.append(line_, at, length);
    }
    return length;
  }

  static std::string SurrogateBytes(char32_t value) {
    const auto byte = [](char32_t bits) { return static_cast<char>(static_cast<unsigned char>(bits)); };
    return {byte(0xED), byte(0x80 | ((value >> 6) & 0x3F)), byte(0x80 | (value & 0x3F))};
  }

  void Take(std::string bytes, std::string& out) {
    taken_.push_back(std::move(bytes));
    out.append(stand_in_);
  }

  std::string_view line_;
  std::string stand_in_;
  std::vector<std::string> taken_;
};

// Puts the raw bytes back into the text. Nothing where some of them stood elsewhere in the line.
std::optional<std::string> Unmended(std::string_view text, const Mender& mender) {
  std::string out;
  size_t used = 0;
  while (true) {
    const size_t place = text.find(mender.stand_in());
    out.append(text.substr(0, place));
    if (place == std::string_view::npos) break;
    if (used == mender.taken().size()) return std::nullopt;
    out.append(mender.taken()[used++]);
    text.remove_prefix(place + mender.stand_in().size());
  }
  if (used != mender.taken().size()) return std::nullopt;
  return out;
}

// The request of a line whose text holds what JSON cannot.
std::optional<Json> ParseDamaged(std::string_view line) {
  Mender mender(line);
  if (!mender.possible()) return std::nullopt;
  Result<Json> json = ParseJson(mender.Mend());
  if (!json.ok() || !json->is_object() || !json->contains("text") || !(*json)["text"].is_string()) {
    return std::nullopt;
  }
  std::optional<std::string> text = Unmended((*json)["text"].get_ref<const std::string&>(), mender);
  if (!text) return std::nullopt;
  (*json)["text"] = std::move(*text);
  return std::move(*json);
}

}  // namespace

Json ToJson(const SmsCount& count, OffsetUnit unit) {
  Json json = {{"encoding", EncodingName(count.encoding)},
               {"units", count.units},
               {"segments", count.segments},
               {"characters", count.characters},
               {"per_segment", count.per_segment},
               {"remaining", count.remaining}};
  json["parts"] = Json::array();
  for (const Part& part : count.parts) {
    Json entry = SpanJson(part.span, unit);
    entry["units"] = part.units;
    json["parts"].push_back(std::move(entry));
  }
  if (count.locking != National::kNone || count.single != National::kNone) {
    json["national"] = {{"locking", TagOrNull(count.locking)}, {"single", TagOrNull(count.single)}};
  }
  json["culprits"] = Json::array();
  Json extended = Json::array();
  for (const Culprit& culprit : count.culprits) {
    Json entry = SpanJson(culprit.span, unit);
    entry["character"] = culprit.character;
    if (culprit.replacement) entry["replacement"] = *culprit.replacement;
    (culprit.forces_ucs2 ? json["culprits"] : extended).push_back(std::move(entry));
  }
  if (!extended.empty()) json["extended"] = std::move(extended);
  if (count.suggestion) {
    json["suggestion"] = {{"text", count.suggestion->text},
                          {"encoding", EncodingName(count.suggestion->encoding)},
                          {"segments", count.suggestion->segments}};
  }
  return json;
}

Json CountJson(const Json& request_json, OffsetUnit unit, std::string_view language) {
  const Request request = ReadRequest(request_json);
  Json answer = Json::object();
  if (!request.faults.empty()) {
    answer["error"] = recado::ToJson(request.faults.front(), unit, language);
    answer["errors"] = recado::ToJson(request.faults, unit, language);
  } else {
    const Result<SmsCount> count = Count(request.text, request.options);
    if (count.ok()) {
      answer = ToJson(*count, unit);
    } else {
      answer["errors"] = recado::ToJson(count.error(), unit, language);
    }
  }
  if (!request.remarks.empty()) answer["warnings"] = recado::ToJson(request.remarks, unit, language);
  return answer;
}

Json CountRequestLine(std::string_view line, OffsetUnit unit, std::string_view language) {
  const Result<Json> request = ParseJson(line);
  if (request.ok()) return CountJson(*request, unit, language);
  if (const std::optional<Json> damaged = ParseDamaged(line)) return CountJson(*damaged, unit, language);
  return Json{{"error", recado::ToJson(request.error().front(), unit, language)}};
}

}  // namespace recado::sms
