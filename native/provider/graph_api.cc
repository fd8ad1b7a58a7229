#include "native/provider/graph_api.h"

#include "native/provider/outcome.h"
#include "native/provider/signing.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

struct Known {
  int64_t code;
  Kind kind;
  std::string_view text;
};
constexpr Known kCodes[] = {
    {2, Kind::kRetry, "the service is not available for the moment"},
    {4, Kind::kRateLimited, "the app makes too many calls"},
    {10, Kind::kPermanent, "the app is not allowed to do this, or the customer's last message is too old"},
    {100, Kind::kPermanent, ""},
    {190, Kind::kPermanent, "the access token is wrong or has expired"},
    {200, Kind::kPermanent, "the app is not allowed to do this"},
    {230, Kind::kPermanent, "the customer has not allowed messages"},
    {368, Kind::kPermanent, "the account is blocked for breaking the rules"},
    {551, Kind::kPermanent, "this person can't be written to at the moment"},
    {613, Kind::kRateLimited, "too many messages at once"},
    {130429, Kind::kRateLimited, "too many messages at once"},
    {131008, Kind::kPermanent, "a parameter is missing"},
    {131016, Kind::kRetry, "WhatsApp is not available for the moment"},
    {131026, Kind::kPermanent, "the message can't be delivered: often the number has no WhatsApp"},
    {131030, Kind::kPermanent, "the receiver is not on the test number's list"},
    {131047, Kind::kPermanent,
     "the customer's last message is more than 24 hours old: only a template may be sent"},
    {131048, Kind::kPermanent, "WhatsApp limits this number because of complaints"},
    {131049, Kind::kPermanent, "WhatsApp holds back marketing messages to this customer"},
    {131051, Kind::kPermanent, "WhatsApp does not support this kind of message"},
    {131056, Kind::kRateLimited, "too many messages to this customer at once"},
    {131057, Kind::kRetry, "the number is being moved by WhatsApp"},
    {132000, Kind::kPermanent, "the template has another number of parameters"},
    {132001, Kind::kPermanent, "there is no such template in this language"},
    {132005, Kind::kPermanent, "the text is too long with these parameters"},
    {132007, Kind::kPermanent, "the template breaks WhatsApp's rules"},
    {132012, Kind::kPermanent, "a parameter has the wrong form for the template"},
    {132015, Kind::kPermanent, "the template is paused because of its quality"},
    {132016, Kind::kPermanent, "the template was switched off because of its quality"},
    {133010, Kind::kPermanent, "the number is not registered with WhatsApp"},
};

}  // namespace

Outcome GraphRefused(const net::HttpResult& result, std::string_view vendor, int attempt) {
  Outcome outcome = OutcomeOf(result, vendor, attempt);
  const Json answer = Parsed(result.body);
  const Json& error = MemberOf(answer, "error");
  const int64_t code = NumberOf(error, "code");
  if (result.status < 300 || code == 0) return outcome;
  std::string said = TextOf(MemberOf(error, "error_data"), "details");
  if (said.empty()) said = TextOf(error, "message");
  std::string_view known;
  for (const Known& row : kCodes) {
    if (row.code != code) continue;
    outcome.kind = row.kind;
    known = row.text;
  }
  outcome.retry_after.reset();
  if (outcome.kind == Kind::kRateLimited) outcome.retry_after = RetryAfter(result).value_or(BackOff(attempt));
  outcome.text = VendorText(vendor, code, known, said);
  return outcome;
}

Outcome NoFileLink(const Outgoing& outgoing, const plan::EmailAttachment& attachment) {
  const bool there = outgoing.files.contains(attachment.file);
  return MakeOutcome(
      Kind::kPermanent,
      ForPeople(there ? "Files need the service's public address (--public-url), where they are fetched."
                      : "The attachment " + attachment.name + " is not in the file store."));
}

bool IsHubSignature(const WebhookCall& call, std::string_view app_secret) {
  constexpr std::string_view kPrefix = "sha256=";
  const std::string_view header = call.Header("X-Hub-Signature-256");
  if (app_secret.empty() || !header.starts_with(kPrefix)) return false;
  return SameHex(header.substr(kPrefix.size()), Hex(Hmac(Digest::kSha256, app_secret, call.body)));
}

WebhookAnswer HubHandshake(const WebhookCall& call, std::string_view verify_token) {
  const net::Fields query = QueryOf(call.target);
  WebhookAnswer answer;
  answer.authentic = !verify_token.empty() && FieldOf(query, "hub.mode") == "subscribe" &&
                     SameSecret(FieldOf(query, "hub.verify_token"), verify_token);
  if (answer.authentic) answer.reply = FieldOf(query, "hub.challenge");
  return answer;
}

}  // namespace recado::provider
