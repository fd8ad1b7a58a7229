// Addresses never to be used: who must not be written to, over which channel, and why.
#include <algorithm>

#include "core/phone/number.h"
#include "core/rule/rule.h"
#include "native/server/address_list.h"
#include "native/server/api.h"

namespace recado::server {
namespace {

using store::Await;
using store::Suppression;
using store::SuppressionKind;
using store::Unit;

constexpr size_t kMaxAddress = 254;     // RFC 5321
constexpr size_t kMaxReason = 500;      // bytes
constexpr size_t kImportChunk = 5'000;  // rows in one write: others' writes go between
constexpr size_t kMaxBadRowsShown = 1'000;

Json SuppressionJson(const Suppression& suppression) {
  Json json = {{"address", suppression.address},
               {"channel", suppression.channel.empty() ? Json() : Json(suppression.channel)},
               {"kind", store::SuppressionKindName(suppression.kind)},
               {"reason", suppression.reason},
               {"by", suppression.by},
               {"created_at", FormatInstant(suppression.created_at)}};
  if (!suppression.delivery.empty()) json["delivery"] = suppression.delivery;
  return json;
}

Diagnostics Invalid(std::string_view member, const std::string& value, std::string allowed) {
  return {Diagnostic::Of(DiagnosticCode::invalid_value)
              .At(Child("", member))
              .With("value", "\"" + value.substr(0, kMaxAddress) + "\"")
              .With("what", "\"" + std::string(member) + "\"")
              .With("allowed", std::move(allowed))};
}

// Addresses are kept as messages carry them: numbers in E.164, e-mail addresses in lower case.
Result<Suppression> Judged(Suppression given, const std::string& region) {
  if (!given.channel.empty() && !rule::ChannelFromName(given.channel)) {
    return Invalid("channel", given.channel, "sms, email, call, chat, whatsapp");
  }
  if (given.address.empty() || given.address.size() > kMaxAddress) {
    return Invalid("address", given.address, "a phone number, an e-mail address or a chat's id");
  }
  if (given.reason.size() > kMaxReason) return Invalid("reason", given.reason, "at most 500 bytes");
  const bool by_phone = given.channel == "sms" || given.channel == "call" || given.channel == "whatsapp";
  if (given.address.find('@') != std::string::npos) {
    given.address = store::ListedAddress("email", given.address);
  } else if (by_phone || given.address.front() == '+') {
    auto number = phone::ToE164(given.address, region);
    // Of a number that nobody can dial nothing would ever be held back.
    if (!number && by_phone) {
      return Diagnostics{
          Diagnostic::Of(DiagnosticCode::phone_invalid).At("/address").With("value", given.address)};
    }
    if (number) given.address = *std::move(number);
  }
  return given;
}

Result<Suppression> ReadSuppression(Api& api, const Json& body) {
  Suppression out;
  auto channel = TextMember(body, "channel", false);
  if (!channel.ok()) return channel.error();
  auto address = TextMember(body, "address", true);
  if (!address.ok()) return address.error();
  auto reason = TextMember(body, "reason", false);
  if (!reason.ok()) return reason.error();
  auto kind = TextMember(body, "kind", false);
  if (!kind.ok()) return kind.error();
  if (!kind->empty()) {
    const auto known = store::SuppressionKindFromName(*kind);
    if (!known) {
      return Invalid("kind", *kind, "unsubscribed, stop_word, hard_bounce, complaint, manual, import");
    }
    out.kind = *known;
  } else {
    // Whoever gives the reason by its name means that kind.
    out.kind = store::SuppressionKindFromName(*reason).value_or(SuppressionKind::kManual);
  }
  out.channel = *std::move(channel);
  out.address = *std::move(address);
  out.reason = reason->empty() ? std::string(store::SuppressionKindName(out.kind)) : *std::move(reason);
  return Judged(std::move(out), api.engine.workspace().default_region);
}

// ---- Lists

std::string CursorAfter(const Suppression& last) {
  return last.channel + "/" + last.address;
}

Response ListSuppressions(Api& api, const Call& call) {
  const auto limit = LimitOf(call.request, 200);
  if (!limit.ok()) return Problem(limit.error());
  store::SuppressionFilter filter;
  filter.limit = *limit;
  // "channel/address", as CursorAfter makes it; a bare address is what older pages gave.
  const std::string after(call.request.Query("after").value_or(""));
  const size_t slash = after.find('/');
  filter.after_channel = slash == std::string::npos ? "" : after.substr(0, slash);
  filter.after_address = slash == std::string::npos ? after : after.substr(slash + 1);
  filter.address = call.request.Query("address").value_or("");
  const std::string kind(call.request.Query("kind").value_or(""));
  filter.kind = store::SuppressionKindFromName(kind);
  if (!kind.empty() && !filter.kind) {
    return Problem(Invalid("kind", kind, "unsubscribed, stop_word, hard_bounce, complaint, manual, import"));
  }
  const auto list = api.store.ListSuppressions(filter);
  if (!list.ok()) return Problem(list.error());
  Json out = Json::array();
  for (const Suppression& suppression : *list) out.push_back(SuppressionJson(suppression));
  Json next = list->size() == *limit ? Json(CursorAfter(list->back())) : Json();
  return JsonResponse(200, {{"suppressions", std::move(out)}, {"next", std::move(next)}});
}

// ---- Import

// What a list came to: good rows in `rows`, the others with their lines.
struct Import {
  std::vector<Suppression> rows;
  size_t bad = 0;
  Json shown = Json::array();

  void Refuse(size_t line, const Diagnostic& fault) {
    ++bad;
    if (shown.size() >= kMaxBadRowsShown) return;
    shown.push_back({{"line", line}, {"code", CodeName(fault.code)}, {"message", MessageOf(fault)}});
  }
};

Import JudgeList(Api& api, const Call& call, const AddressList& list) {
  Import import;
  const std::string region = api.engine.workspace().default_region;
  const std::string channel(call.request.Query("channel").value_or(""));
  const Instant now = api.clock();
  for (const BadRow& row : list.bad) import.Refuse(row.line, row.fault);
  for (const ListedRow& row : list.rows) {
    Suppression given;
    given.channel = row.channel.empty() ? channel : row.channel;
    given.address = row.address;
    given.reason = row.reason.empty() ? "import" : row.reason;
    given.kind = SuppressionKind::kImport;
    given.by = call.caller.name;
    given.created_at = now;
    auto judged = Judged(std::move(given), region);
    if (judged.ok()) {
      import.rows.push_back(*std::move(judged));
    } else {
      import.Refuse(row.line, judged.error().front());
    }
  }
  return import;
}

Response ImportSuppressions(Api& api, const Call& call, const AddressList& list) {
  if (list.cut) {
    return Problem(
        Diagnostic::Of(DiagnosticCode::too_many_events).With("limit", std::to_string(kMaxListRows)), 413);
  }
  Import import = JudgeList(api, call, list);
  int64_t added = 0;
  for (size_t from = 0; from < import.rows.size(); from += kImportChunk) {
    const size_t to = std::min(from + kImportChunk, import.rows.size());
    std::vector<Suppression> chunk(import.rows.begin() + static_cast<std::ptrdiff_t>(from),
                                   import.rows.begin() + static_cast<std::ptrdiff_t>(to));
    const auto kept =
        Await<int64_t>([&](auto done) { api.store.ImportSuppressions(std::move(chunk), done); });
    // What was kept before stays: the same list again does no harm.
    if (!kept.ok()) return Problem(kept.error());
    added += *kept;
  }
  const auto good = static_cast<int64_t>(import.rows.size());
  Audit(api, call, "suppression.import", std::to_string(added),
        {{"added", added}, {"known", good - added}, {"bad", import.bad}});
  return JsonResponse(
      200,
      {{"added", added}, {"known", good - added}, {"bad", import.bad}, {"rows", std::move(import.shown)}});
}

Response PostSuppression(Api& api, const Call& call) {
  const std::string type = call.request.MediaType();
  if (type == "application/x-ndjson" || type == "application/ndjson" || type == "application/jsonl") {
    return ImportSuppressions(api, call, ReadNdjsonList(call.request.body));
  }
  if (type == "text/csv") return ImportSuppressions(api, call, ReadCsvList(call.request.body));
  const auto body = JsonBody(call.request);
  if (!body.ok()) return Problem(body.error());
  auto suppression = ReadSuppression(api, *body);
  if (!suppression.ok()) return Problem(suppression.error());
  suppression->by = call.caller.name;
  suppression->created_at = api.clock();
  const auto put = Await<Unit>([&](auto done) { api.store.PutSuppression(*suppression, done); });
  if (!put.ok()) return Problem(put.error());
  Audit(api, call, "suppression.put", suppression->address,
        {{"channel", suppression->channel}, {"kind", store::SuppressionKindName(suppression->kind)}});
  return JsonResponse(201, SuppressionJson(*suppression));
}

// Which one stands in the query or in the body, as the client can.
Response DeleteSuppression(Api& api, const Call& call) {
  Json body = Json::object();
  if (!call.request.body.empty()) {
    auto parsed = JsonBody(call.request);
    if (!parsed.ok()) return Problem(parsed.error());
    body = *std::move(parsed);
  }
  for (const char* name : {"channel", "address"}) {
    if (const auto value = call.request.Query(name)) body[name] = *value;
  }
  const auto suppression = ReadSuppression(api, body);
  if (!suppression.ok()) return Problem(suppression.error());
  const auto gone = Await<Unit>(
      [&](auto done) { api.store.DeleteSuppression(suppression->channel, suppression->address, done); });
  if (!gone.ok()) return Problem(gone.error());
  Audit(api, call, "suppression.delete", suppression->address, {{"channel", suppression->channel}});
  return NoContent();
}

}  // namespace

void AddSuppressionRoutes(Routes& routes, Api& api) {
  using store::Role;
  const auto add = [&](Method method, Role role, Response (*handler)(Api&, const Call&),
                       size_t max_body = kMaxSmallBody) {
    routes.push_back({method, "/api/v1/suppressions", role, max_body,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add(Method::kGet, Role::kViewer, ListSuppressions);
  add(Method::kPost, Role::kOperator, PostSuppression, kMaxEventsBody);
  add(Method::kDelete, Role::kOperator, DeleteSuppression);
}

}  // namespace recado::server
