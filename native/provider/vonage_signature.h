// Vonage's `sig`: proof that a receipt comes from Vonage, and ours where an account wants requests signed.
//
// All parameters but `sig`, sorted by name, each as "&name=value" with & and = in values written as _; then
// the MD5 of that text and the secret, or an HMAC of it, in hexadecimal. Which of them an account uses is
// told by the length of the signature, but for the two that are 32 digits long, which are both tried.
#pragma once

#include <string>
#include <string_view>

#include "native/net/encode.h"
#include "native/provider/signing.h"

namespace recado::provider {

std::string VonageHmac(Digest digest, const net::Fields& fields, std::string_view secret);
std::string VonageMd5(const net::Fields& fields, std::string_view secret);
bool IsVonageSignature(std::string_view signature, const net::Fields& fields, std::string_view secret);

}  // namespace recado::provider
