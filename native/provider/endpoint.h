// Endpoint: where a vendor's HTTP API is, how it is asked, and where it calls back. What the files of the
// vendors over HTTP have in common; internal to provider/.
//
// Callbacks of vendors that sign nothing carry a token in their address: an HMAC of our key under one of the
// provider's secrets, so that nobody who has not seen that very address can report on that message.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "native/net/encode.h"
#include "native/net/http.h"
#include "native/provider/vendor.h"

namespace recado::provider {

struct Endpoint {
  std::string base_url;        // no slash at its end
  bool allow_private = false;  // an administrator's own address may be in a private network
  std::chrono::milliseconds timeout{};
  std::string public_url;  // ours; "" : nobody can call back
  std::string hook;        // "https://recado.example/hooks/<provider id>/status", or ""
};
Endpoint EndpointOf(const Config& config, const Surroundings& surroundings,
                    std::string_view default_base_url);

// How doubts are cleared up where callbacks carry our key: not at all where nobody can call.
Resolution EchoingAt(const Endpoint& endpoint);

// `path` begins with a slash. The answer is asked for as JSON.
net::HttpRequest Ask(const Endpoint& endpoint, std::string_view method, std::string_view path);
net::HttpRequest PostForm(const Endpoint& endpoint, std::string_view path, const net::Fields& form);
net::HttpRequest PostJson(const Endpoint& endpoint, std::string_view path, const Json& body);

// The callback address of a message: key and token in the query, as "key" and "token". "" without a hook.
std::string HookUrl(const Endpoint& endpoint, std::string_view key, std::string_view secret);
// The key of a callback whose token is right; "" where it is not. "" as `secret` is never right.
std::string AuthenticKey(const WebhookCall& call, std::string_view secret);

// Members of an answer, whatever it really is: "" and 0 where there is no such text or whole number.
Json Parsed(std::string_view body);
std::string TextOf(const Json& json, std::string_view member);
int64_t NumberOf(const Json& json, std::string_view member);
// Objects and lists inside; null where there is none.
const Json& MemberOf(const Json& json, std::string_view member);
const Json& FirstOf(const Json& json);

net::Fields QueryOf(std::string_view target);
// The first field of that name, "" where there is none.
std::string FieldOf(const net::Fields& fields, std::string_view name);

// "5511912345678": how most vendors want an E.164 number.
std::string_view WithoutPlus(std::string_view number);

// "Vonage 6: the receiver's number is not valid", for people. `message` where `known` is empty.
std::string VendorText(std::string_view vendor, int64_t code, std::string_view known,
                       std::string_view message);

// "+5511912345678" of the vendor's "5511912345678"; what is no number stays as it is.
std::string WithPlus(std::string_view number);
// A customer's text: well-formed, at most kMaxIncomingText bytes.
std::string IncomingText(std::string_view text);
// Whether chats show a file of this name as a picture: JPEG and PNG.
bool IsPhoto(std::string_view file_name);
// Seconds since 1970, as a number or as a text of digits; zero for anything else.
Instant FromUnixSeconds(const Json& value);

// The key that the one address of a vendor's account is made for, where the account calls without naming a
// message of ours.
inline constexpr std::string_view kAccountHook = "account";

// The outcome for a message of a channel that the vendor does not have.
Outcome OnlySends(std::string_view vendor, std::string_view what);

// A vendor's words for where a message stands, in lower case, and ours.
struct StateRow {
  std::string_view name;
  DeliveryState state;
};
template <class Rows>
std::optional<DeliveryState> StateNamed(const Rows& rows, std::string_view status) {
  const auto same = [status](std::string_view name) {
    return name.size() == status.size() &&
           std::equal(name.begin(), name.end(), status.begin(), [](char a, char b) {
             return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b - 'A' + 'a') : b);
           });
  };
  for (const StateRow& row : rows) {
    if (same(row.name)) return row.state;
  }
  return std::nullopt;
}

}  // namespace recado::provider
