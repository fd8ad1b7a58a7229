#include "native/provider/endpoint.h"

#include <algorithm>

#include "core/base/utf8.h"
#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

constexpr size_t kTokenLetters = 32;  // 192 bits of the HMAC in base64

std::string HookToken(std::string_view key, std::string_view secret) {
  return Base64Url(Hmac(Digest::kSha256, secret, "recado hook " + std::string(key))).substr(0, kTokenLetters);
}

}  // namespace

Endpoint EndpointOf(const Config& config, const Surroundings& surroundings,
                    std::string_view default_base_url) {
  Endpoint endpoint;
  endpoint.base_url = BaseUrlOf(config, default_base_url);
  endpoint.allow_private = !TextSetting(config, "base_url").empty();
  endpoint.timeout = TimeoutOf(config, net::kHttpTimeout);
  endpoint.public_url = surroundings.public_url;
  if (!surroundings.public_url.empty()) {
    endpoint.hook = surroundings.public_url + "/hooks/" + net::PercentEncode(config.id) + "/status";
  }
  return endpoint;
}

Resolution EchoingAt(const Endpoint& endpoint) {
  return endpoint.hook.empty() ? Resolution::kBlind : Resolution::kEchoing;
}

net::HttpRequest Ask(const Endpoint& endpoint, std::string_view method, std::string_view path) {
  net::HttpRequest request;
  request.method = method;
  request.url = endpoint.base_url + std::string(path);
  request.allow_private = endpoint.allow_private;
  request.timeout = endpoint.timeout;
  request.connect_timeout = std::min<std::chrono::milliseconds>(request.connect_timeout, endpoint.timeout);
  request.headers.emplace_back("Accept", "application/json");
  return request;
}

net::HttpRequest PostForm(const Endpoint& endpoint, std::string_view path, const net::Fields& form) {
  net::HttpRequest request = Ask(endpoint, "POST", path);
  request.headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  request.body = net::FormEncode(form);
  return request;
}

net::HttpRequest PostJson(const Endpoint& endpoint, std::string_view path, const Json& body) {
  net::HttpRequest request = Ask(endpoint, "POST", path);
  request.headers.emplace_back("Content-Type", "application/json");
  request.body = DumpJson(body);
  return request;
}

std::string HookUrl(const Endpoint& endpoint, std::string_view key, std::string_view secret) {
  if (endpoint.hook.empty()) return {};
  return endpoint.hook + "?" +
         net::FormEncode({{"key", std::string(key)}, {"token", HookToken(key, secret)}});
}

std::string AuthenticKey(const WebhookCall& call, std::string_view secret) {
  const net::Fields query = QueryOf(call.target);
  std::string key = FieldOf(query, "key");
  if (key.empty() || secret.empty()) return {};
  return SameSecret(FieldOf(query, "token"), HookToken(key, secret)) ? key : std::string();
}

Json Parsed(std::string_view body) {
  Result<Json> json = ParseJson(body);
  return json.ok() ? std::move(*json) : Json();
}

const Json& MemberOf(const Json& json, std::string_view member) {
  static const Json kNothing;
  if (!json.is_object()) return kNothing;
  const auto found = json.find(member);
  return found == json.end() ? kNothing : *found;
}

const Json& FirstOf(const Json& json) {
  static const Json kNothing;
  return json.is_array() && !json.empty() ? json.front() : kNothing;
}

std::string TextOf(const Json& json, std::string_view member) {
  const Json& value = MemberOf(json, member);
  return value.is_string() ? value.get<std::string>() : std::string();
}

int64_t NumberOf(const Json& json, std::string_view member) {
  const Json& value = MemberOf(json, member);
  return value.is_number_integer() ? value.get<int64_t>() : 0;
}

net::Fields QueryOf(std::string_view target) {
  const size_t question = target.find('?');
  return question == std::string_view::npos ? net::Fields() : net::FormDecode(target.substr(question + 1));
}

std::string FieldOf(const net::Fields& fields, std::string_view name) {
  const auto found =
      std::find_if(fields.begin(), fields.end(), [name](const auto& field) { return field.first == name; });
  return found == fields.end() ? std::string() : found->second;
}

std::string_view WithoutPlus(std::string_view number) {
  return number.starts_with('+') ? number.substr(1) : number;
}

std::string WithPlus(std::string_view number) {
  const bool digits = number.size() >= 5 && number.size() <= 15 &&
                      std::all_of(number.begin(), number.end(), [](char c) { return c >= '0' && c <= '9'; });
  return digits ? "+" + std::string(number) : std::string(number);
}

std::string IncomingText(std::string_view text) {
  std::string out(text.substr(0, kMaxIncomingText));
  // A cut, or the vendor, may have broken a character: what follows the fault is of no use either.
  if (const auto invalid = utf8::FindInvalid(out)) out.resize(*invalid);
  return out;
}

Instant FromUnixSeconds(const Json& value) {
  constexpr int64_t kLatest = 253'402'300'799;  // the end of the year 9999
  int64_t seconds = 0;
  if (value.is_number_integer()) {
    seconds = value.get<int64_t>();
  } else if (value.is_string()) {
    const std::string& text = value.get_ref<const std::string&>();
    const bool digits = !text.empty() && text.size() <= 12 &&
                        std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (digits) seconds = std::stoll(text);
  }
  return seconds > 0 && seconds <= kLatest ? Instant{seconds * 1000} : Instant{};
}

std::string VendorText(std::string_view vendor, int64_t code, std::string_view known,
                       std::string_view message) {
  std::string text(vendor);
  if (code != 0) text += " " + std::to_string(code);
  return ForPeople(text.append(": ").append(known.empty() ? message : known));
}

Outcome OnlySends(std::string_view vendor, std::string_view what) {
  return MakeOutcome(Outcome::Kind::kPermanent,
                     std::string(vendor) + " only sends " + std::string(what) + ".");
}

bool IsPhoto(std::string_view file_name) {
  const size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return false;
  std::string ending(file_name.substr(dot + 1));
  for (char& c : ending) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return ending == "jpg" || ending == "jpeg" || ending == "png";
}

}  // namespace recado::provider
