// X-Twilio-Signature: proof that a webhook comes from Twilio and was not changed on the way.
//
// HMAC-SHA1 with the account's auth token over the URL that Twilio called, followed, for form posts, by every
// parameter sorted by name, name and value without separators; a name that repeats gives its distinct values
// in order. A JSON body is covered by its SHA-256 in the query (bodySHA256). Base64.
#pragma once

#include <string>
#include <string_view>

#include "native/net/encode.h"

namespace recado::provider {

std::string TwilioSignature(std::string_view url, const net::Fields& form, std::string_view auth_token);

// Whether `signature` fits the call. The URL is also tried with and without the scheme's default port,
// because proxies add and remove it. Compares in constant time.
bool IsTwilioSignature(std::string_view signature, std::string_view url, std::string_view body,
                       std::string_view auth_token);

}  // namespace recado::provider
