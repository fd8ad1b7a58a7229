// Twilio calls: what is said, as TwiML. Internal to provider/.
#pragma once

#include <string>

#include "core/plan/plan.h"

namespace recado::provider {

inline constexpr size_t kMaxTwiml = 4000;  // characters of the parameter Twiml

// <Response><Say voice="…" language="…">text</Say></Response>, or <Play>address</Play>. Every value is
// escaped. Rate and volume become SSML where the voice reads it (Polly and Google voices) and are left out
// where it would make the call fail.
std::string TwimlOf(const plan::Message& message);

}  // namespace recado::provider
