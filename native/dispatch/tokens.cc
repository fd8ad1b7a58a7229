#include "native/dispatch/tokens.h"

#include "native/provider/signing.h"

namespace recado::dispatch {
namespace {

// 96 bits name a delivery among more than there will ever be; 96 bits of proof can't be guessed over a
// network.
constexpr size_t kPrefixBytes = 12;
constexpr size_t kProofBytes = 12;
constexpr size_t kLetters = (kPrefixBytes + kProofBytes) * 4 / 3;

constexpr std::string_view kNames[] = {"unsubscribe", "click", "invitation", "file"};

int DigitOf(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

std::string BytesOf(std::string_view hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    const int high = DigitOf(hex[i]);
    const int low = DigitOf(hex[i + 1]);
    if (high < 0 || low < 0) return {};
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

}  // namespace

std::string Tokens::Of(Purpose purpose, std::string_view delivery, std::string_view subject) const {
  const std::string bytes = BytesOf(delivery);
  if (bytes.size() < kPrefixBytes) return {};
  // Neither a name of ours nor a key in hex holds a newline, so no two triples give one text.
  std::string said(kNames[static_cast<size_t>(purpose)]);
  said.append("\n").append(delivery).append("\n").append(subject);
  const std::string proof = provider::Hmac(provider::Digest::kSha256, key_, said);
  return provider::Base64Url(bytes.substr(0, kPrefixBytes) + proof.substr(0, kProofBytes));
}

bool Tokens::Fits(std::string_view token, Purpose purpose, std::string_view delivery,
                  std::string_view subject) const {
  return token.size() == kLetters && provider::SameSecret(token, Of(purpose, delivery, subject));
}

std::optional<std::string> Tokens::PrefixOf(std::string_view token) {
  if (token.size() != kLetters) return std::nullopt;
  std::optional<std::string> bytes = provider::DecodeBase64Url(token);
  if (!bytes || bytes->size() != kPrefixBytes + kProofBytes) return std::nullopt;
  bytes->resize(kPrefixBytes);
  return bytes;
}

}  // namespace recado::dispatch
