#include "native/provider/signing.h"

#include <array>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/pem.h>

#include "native/net/encode.h"

namespace recado::provider {
namespace {

const EVP_MD* Algorithm(Digest digest) {
  switch (digest) {
    case Digest::kMd5:
      return EVP_md5();
    case Digest::kSha1:
      return EVP_sha1();
    case Digest::kSha256:
      return EVP_sha256();
    case Digest::kSha384:
      return EVP_sha384();
    case Digest::kSha512:
      break;
  }
  return EVP_sha512();
}

std::string Bytes(const unsigned char* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}
const unsigned char* Data(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

int DigitOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '-' ? 62 : c == '_' ? 63 : -1;
}

std::optional<Json> DecodeObject(std::string_view part) {
  const std::optional<std::string> text = DecodeBase64Url(part);
  if (!text) return std::nullopt;
  Result<Json> json = ParseJson(*text);
  if (!json.ok() || !json->is_object()) return std::nullopt;
  return std::move(*json);
}

std::optional<Digest> DigestOfToken(const Json& header) {
  const std::string algorithm = header.contains("alg") && header["alg"].is_string() ? header["alg"] : "";
  if (algorithm == "HS256") return Digest::kSha256;
  if (algorithm == "HS384") return Digest::kSha384;
  if (algorithm == "HS512") return Digest::kSha512;
  return std::nullopt;
}

struct KeyFree {
  void operator()(EVP_PKEY* key) const { EVP_PKEY_free(key); }
};
struct BioFree {
  void operator()(BIO* bio) const { BIO_free(bio); }
};
struct ContextFree {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

std::optional<std::string> RsaSignature(std::string_view private_key, std::string_view text) {
  const std::unique_ptr<BIO, BioFree> bio(
      BIO_new_mem_buf(private_key.data(), static_cast<int>(private_key.size())));
  // Never asks a terminal for a passphrase: an encrypted key is one that can't be read.
  const auto refuse = [](char*, int, int, void*) { return 0; };
  const std::unique_ptr<EVP_PKEY, KeyFree> key(PEM_read_bio_PrivateKey(bio.get(), nullptr, refuse, nullptr));
  if (!key || EVP_PKEY_base_id(key.get()) != EVP_PKEY_RSA) return std::nullopt;
  const std::unique_ptr<EVP_MD_CTX, ContextFree> context(EVP_MD_CTX_new());
  size_t length = 0;
  if (EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &length, Data(text), text.size()) != 1) {
    return std::nullopt;
  }
  std::string signature(length, '\0');
  auto* out = reinterpret_cast<unsigned char*>(signature.data());
  if (EVP_DigestSign(context.get(), out, &length, Data(text), text.size()) != 1) return std::nullopt;
  signature.resize(length);
  return signature;
}

}  // namespace

std::string Hash(Digest digest, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned length = 0;
  EVP_Digest(bytes.data(), bytes.size(), out.data(), &length, Algorithm(digest), nullptr);
  return Bytes(out.data(), length);
}

std::string Hmac(Digest digest, std::string_view key, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out{};
  unsigned length = 0;
  HMAC(Algorithm(digest), key.data(), static_cast<int>(key.size()), Data(bytes), bytes.size(), out.data(),
       &length);
  return Bytes(out.data(), length);
}

std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += kDigits[byte >> 4];
    out += kDigits[byte & 15];
  }
  return out;
}

std::string Base64Url(std::string_view bytes) {
  std::string out = net::Base64(bytes);
  while (out.ends_with('=')) out.pop_back();
  for (char& c : out) c = c == '+' ? '-' : c == '/' ? '_' : c;
  return out;
}

std::optional<std::string> DecodeBase64Url(std::string_view text) {
  std::string out;
  unsigned bits = 0;
  unsigned count = 0;
  for (const char c : text) {
    const int digit = DigitOf(c);
    if (digit < 0) return std::nullopt;
    bits = (bits << 6 | static_cast<unsigned>(digit)) & 0xFFFFF;
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  // A rest of six bits is no byte, and what is left of the last digit must be nothing.
  if (count >= 6 || (bits & ((1U << count) - 1)) != 0) return std::nullopt;
  return out;
}

bool SameSecret(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool SameHex(std::string_view a, std::string_view b) {
  const auto lower = [](std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'F' ? static_cast<char>(c - 'A' + 'a') : c;
    return out;
  };
  return SameSecret(lower(a), lower(b));
}

std::optional<Json> ReadHmacToken(std::string_view token, std::string_view key) {
  const size_t first = token.find('.');
  const size_t second = first == std::string_view::npos ? first : token.find('.', first + 1);
  if (second == std::string_view::npos || key.empty()) return std::nullopt;
  const std::optional<Json> header = DecodeObject(token.substr(0, first));
  const std::optional<Digest> digest = header ? DigestOfToken(*header) : std::nullopt;
  const std::optional<std::string> signature = DecodeBase64Url(token.substr(second + 1));
  if (!digest || !signature) return std::nullopt;
  if (!SameSecret(*signature, Hmac(*digest, key, token.substr(0, second)))) return std::nullopt;
  return DecodeObject(token.substr(first + 1, second - first - 1));
}

std::optional<std::string> MakeRsaToken(std::string_view private_key, std::string_view key_id,
                                        const Json& claims) {
  const Json header = {{"alg", "RS256"}, {"kid", std::string(key_id)}, {"typ", "JWT"}};
  std::string text = Base64Url(DumpJson(header)) + "." + Base64Url(DumpJson(claims));
  const std::optional<std::string> signature = RsaSignature(private_key, text);
  if (!signature) return std::nullopt;
  return text + "." + Base64Url(*signature);
}

}  // namespace recado::provider
