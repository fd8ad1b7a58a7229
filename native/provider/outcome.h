// Making outcomes: what every vendor over HTTP has in common. Internal to provider/.
//
// The classes, and why:
//   not written              kRetry      nobody has it (refused, no such host, TLS failed, cancelled in time)
//   written, no answer       kUnknown    it may have arrived
//   2xx                      the vendor's file decides
//   429                      kRateLimited
//   503, 408, 425            kRetry      RFC 9110 §15.6.4, §15.5.9, RFC 8470 §5.2: the server says it did not
//                                        take the request
//   other 5xx                kUnknown    500: it may have failed after taking the message; 502 and 504: a
//                                        gateway lost the answer, not the request. No vendor here documents
//                                        that such requests were dropped, most have no idempotency key.
//   501, 505                 kPermanent  the server can't do this at all
//   3xx, other 4xx           kPermanent
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "native/net/http.h"
#include "native/provider/provider.h"

namespace recado::provider {

Outcome MakeOutcome(Outcome::Kind kind, const std::string& text);

// A complete answer with 2xx: what it means the vendor's file decides.
bool Succeeded(const net::HttpResult& result);

// For an exchange without a complete answer, and for any status that is not 2xx. `vendor` ("Twilio") begins
// the text where the vendor's answer gives none.
Outcome OutcomeOf(const net::HttpResult& result, std::string_view vendor, int attempt);

// A price as vendors write it: decimal text, below zero where they take it from a balance. Nothing where it
// is none.
std::optional<Money> PriceOf(const std::string& amount, const std::string& currency);

// Seconds, or a date, which is measured against the answer's own Date header so that no clock is asked. At
// most kLongestRetryAfter.
std::optional<std::chrono::milliseconds> RetryAfter(const net::HttpResult& result);

// "Sun, 22 Nov 2026 09:30:00 GMT" (RFC 9110 §5.6.7) or "+0000" for GMT (RFC 5322), in seconds since 1970.
std::optional<int64_t> ParseWireDate(std::string_view text);

// 1 s, 2 s, 4 s … 60 s for attempts 1, 2, 3 …: where a vendor says "slow down" without saying until when.
std::chrono::milliseconds BackOff(int attempt);

// One line, valid UTF-8, at most kMaxOutcomeText bytes.
std::string ForPeople(std::string_view text);

inline constexpr auto kLongestRetryAfter = std::chrono::hours(1);
inline constexpr size_t kMaxOutcomeText = 500;

}  // namespace recado::provider
