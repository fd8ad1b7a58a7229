#include "native/provider/vonage_signature.h"

#include <algorithm>

namespace recado::provider {
namespace {

std::string SignedText(net::Fields fields) {
  std::erase_if(fields, [](const auto& field) { return field.first == "sig"; });
  std::stable_sort(fields.begin(), fields.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::string text;
  for (const auto& [name, value] : fields) {
    text.append("&").append(name).append("=");
    for (const char c : value) text += c == '&' || c == '=' ? '_' : c;
  }
  return text;
}

}  // namespace

std::string VonageHmac(Digest digest, const net::Fields& fields, std::string_view secret) {
  return Hex(Hmac(digest, secret, SignedText(fields)));
}

std::string VonageMd5(const net::Fields& fields, std::string_view secret) {
  return Hex(Hash(Digest::kMd5, SignedText(fields).append(secret)));
}

bool IsVonageSignature(std::string_view signature, const net::Fields& fields, std::string_view secret) {
  if (secret.empty()) return false;
  switch (signature.size()) {
    case 32:
      return SameHex(signature, VonageMd5(fields, secret)) ||
             SameHex(signature, VonageHmac(Digest::kMd5, fields, secret));
    case 40:
      return SameHex(signature, VonageHmac(Digest::kSha1, fields, secret));
    case 64:
      return SameHex(signature, VonageHmac(Digest::kSha256, fields, secret));
    case 128:
      return SameHex(signature, VonageHmac(Digest::kSha512, fields, secret));
    default:
      return false;
  }
}

}  // namespace recado::provider
