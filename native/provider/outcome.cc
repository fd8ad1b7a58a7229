#include "native/provider/outcome.h"

#include <algorithm>
#include <charconv>
#include <iterator>

#include "core/base/instant.h"
#include "core/base/utf8.h"
#include "native/net/mail_text.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

std::optional<int64_t> ParseNumber(std::string_view text) {
  int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::string FailureText(const net::HttpResult& result, std::string_view vendor) {
  std::string text(vendor);
  switch (result.failure) {
    case net::Failure::kCancelled:
      text += result.written ? ": stopped while waiting for the answer." : ": stopped before it was sent.";
      break;
    case net::Failure::kTimeout:
      text += result.written ? " did not answer in time." : " could not be reached in time.";
      break;
    case net::Failure::kReset:
      text += result.written ? " broke the connection off before answering."
                             : " broke the connection off before the message was sent.";
      break;
    default:
      text += ": " + result.error;
  }
  return text;
}

Outcome OfFailure(const net::HttpResult& result, std::string_view vendor) {
  Outcome outcome;
  outcome.status = result.status;
  outcome.text = ForPeople(FailureText(result, vendor));
  const bool hopeless =
      result.failure == net::Failure::kBadRequest || result.failure == net::Failure::kForbiddenAddress;
  outcome.kind = result.written ? Kind::kUnknown : hopeless ? Kind::kPermanent : Kind::kRetry;
  return outcome;
}

Kind KindOfStatus(int status) {
  if (status == 429) return Kind::kRateLimited;
  if (status == 503 || status == 408 || status == 425) return Kind::kRetry;
  if (status == 501 || status == 505) return Kind::kPermanent;
  if (status >= 300 && status < 500) return Kind::kPermanent;
  return Kind::kUnknown;
}

}  // namespace

Outcome MakeOutcome(Kind kind, const std::string& text) {
  Outcome outcome;
  outcome.kind = kind;
  outcome.text = ForPeople(text);
  return outcome;
}

bool Succeeded(const net::HttpResult& result) {
  return result.failure == net::Failure::kNone && result.status >= 200 && result.status < 300;
}

Outcome OutcomeOf(const net::HttpResult& result, std::string_view vendor, int attempt) {
  const bool answered = result.status >= 300;  // the verdict stands though the rest of the answer is broken
  if (!answered && result.failure != net::Failure::kNone) return OfFailure(result, vendor);
  Outcome outcome;
  outcome.status = result.status;
  outcome.kind = KindOfStatus(result.status);
  outcome.text = std::string(vendor) + " answered " + std::to_string(result.status) + ".";
  outcome.retry_after = RetryAfter(result);
  if (outcome.kind == Kind::kRateLimited && !outcome.retry_after) outcome.retry_after = BackOff(attempt);
  if (outcome.kind != Kind::kRateLimited && outcome.kind != Kind::kRetry) outcome.retry_after.reset();
  return outcome;
}

std::optional<int64_t> ParseWireDate(std::string_view text) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const bool utc = text.ends_with(" GMT") || text.ends_with(" +0000");
  if (!utc || text.find(' ', 25) != 25 || text[3] != ',') return std::nullopt;
  const size_t month = kMonths.find(text.substr(8, 3));
  const auto day = ParseNumber(text.substr(5, 2));
  const auto year = ParseNumber(text.substr(12, 4));
  const auto hour = ParseNumber(text.substr(17, 2));
  const auto minute = ParseNumber(text.substr(20, 2));
  const auto second = ParseNumber(text.substr(23, 2));
  const bool good =
      month != std::string_view::npos && month % 3 == 0 && day && year && hour && minute && second;
  if (!good || *day < 1 || *day > 31) return std::nullopt;
  const Date date{static_cast<int32_t>(*year), static_cast<uint8_t>(month / 3 + 1),
                  static_cast<uint8_t>(*day)};
  return DaysFromDate(date) * 86'400 + *hour * 3600 + *minute * 60 + *second;
}

std::optional<Money> PriceOf(const std::string& amount, const std::string& currency) {
  const std::optional<Decimal> decimal = Decimal::Parse(amount);
  if (!decimal || currency.size() > 3) return std::nullopt;
  return Money{decimal->Abs(), currency};
}

std::optional<std::chrono::milliseconds> RetryAfter(const net::HttpResult& result) {
  const std::string_view text = result.Header("retry-after");
  std::optional<int64_t> seconds = ParseNumber(text);
  if (!seconds) {
    const auto until = ParseWireDate(text);
    const auto now = ParseWireDate(result.Header("date"));
    if (until && now) seconds = *until - *now;
  }
  if (!seconds) return std::nullopt;
  const int64_t longest = std::chrono::duration_cast<std::chrono::seconds>(kLongestRetryAfter).count();
  return std::chrono::seconds(std::clamp<int64_t>(*seconds, 0, longest));
}

std::chrono::milliseconds BackOff(int attempt) {
  const int doublings = std::clamp(attempt - 1, 0, 6);
  return std::min<std::chrono::milliseconds>(std::chrono::seconds(int64_t{1} << doublings),
                                             std::chrono::seconds(60));
}

std::string ForPeople(std::string_view text) {
  std::string line = net::OneLine(text);
  if (line.size() <= kMaxOutcomeText) return line;
  size_t end = kMaxOutcomeText;
  while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0) == 0x80) --end;
  return line.substr(0, end) + "…";
}

std::string Outcome::Dump() const {
  constexpr std::string_view kNames[] = {"accepted", "retry", "rate_limited", "permanent", "unknown"};
  std::string out(kNames[static_cast<size_t>(kind)]);
  out += " " + std::to_string(status);
  if (retry_after) out += " after=" + std::to_string(retry_after->count()) + "ms";
  if (!reference.empty()) out += " ref=" + reference;
  if (!text.empty()) out += " | " + text;
  return out;
}

}  // namespace recado::provider
