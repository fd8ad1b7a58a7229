#include "native/provider/twilio_signature.h"

#include <map>
#include <optional>
#include <set>

#include "core/base/sha256.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

constexpr std::string_view kBodyHash = "bodySHA256";

// The URL with its default port written if it was not, or left out if it was; nothing where another port is
// given or the scheme is unknown.
std::optional<std::string> OtherPortForm(std::string_view url) {
  const size_t scheme_end = url.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  const std::string_view scheme = url.substr(0, scheme_end);
  const std::string_view port = scheme == "https" ? ":443" : scheme == "http" ? ":80" : "";
  if (port.empty()) return std::nullopt;
  const size_t begin = scheme_end + 3;
  const size_t end = std::min(url.find_first_of("/?#", begin), url.size());
  const std::string_view authority = url.substr(begin, end - begin);
  const std::string head(url.substr(0, begin));
  if (authority.ends_with(port)) {
    return head + std::string(authority.substr(0, authority.size() - port.size())) +
           std::string(url.substr(end));
  }
  const size_t colon = authority.rfind(':');
  const bool has_port =
      colon != std::string_view::npos && authority.find(']', colon) == std::string_view::npos;
  if (has_port) return std::nullopt;
  return head + std::string(authority) + std::string(port) + std::string(url.substr(end));
}

// The value of bodySHA256 in the query, if there.
std::optional<std::string> BodyHashOf(std::string_view url) {
  const size_t question = url.find('?');
  if (question == std::string_view::npos) return std::nullopt;
  for (const auto& [name, value] : net::FormDecode(url.substr(question + 1))) {
    if (name == kBodyHash) return value;
  }
  return std::nullopt;
}

}  // namespace

std::string TwilioSignature(std::string_view url, const net::Fields& form, std::string_view auth_token) {
  std::map<std::string_view, std::set<std::string_view>> sorted;
  for (const auto& [name, value] : form) sorted[name].insert(value);
  std::string text(url);
  for (const auto& [name, values] : sorted) {
    for (const std::string_view value : values) text.append(name).append(value);
  }
  return net::Base64(Hmac(Digest::kSha1, auth_token, text));
}

bool IsTwilioSignature(std::string_view signature, std::string_view url, std::string_view body,
                       std::string_view auth_token) {
  if (auth_token.empty()) return false;
  net::Fields form;
  if (const auto hash = BodyHashOf(url)) {
    if (!SameSecret(*hash, Sha256Hex(body))) return false;
  } else {
    form = net::FormDecode(body);
  }
  if (SameSecret(signature, TwilioSignature(url, form, auth_token))) return true;
  const std::optional<std::string> other = OtherPortForm(url);
  return other && SameSecret(signature, TwilioSignature(*other, form, auth_token));
}

}  // namespace recado::provider
