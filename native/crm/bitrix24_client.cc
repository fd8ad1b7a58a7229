#include "native/crm/bitrix24_client.h"

#include <algorithm>
#include <array>
#include <future>

#include "native/net/encode.h"

namespace recado::directory {
namespace {

constexpr int64_t kFirstPauseMs = 2'000;  // the bucket has drained four calls by then
constexpr int64_t kLongestPauseMs = 60'000;

struct KnownError {
  std::string_view code;
  DiagnosticCode means;
};
// The vendor's "Statuses and System Error Codes", and what its methods in use here answer.
constexpr std::array<KnownError, 21> kErrors = {{
    {"QUERY_LIMIT_EXCEEDED", DiagnosticCode::bitrix24_busy},
    {"OPERATION_TIME_LIMIT", DiagnosticCode::bitrix24_busy},
    {"INTERNAL_SERVER_ERROR", DiagnosticCode::bitrix24_busy},
    {"ERROR_UNEXPECTED_ANSWER", DiagnosticCode::bitrix24_busy},
    {"NO_AUTH_FOUND", DiagnosticCode::bitrix24_credentials},
    {"INVALID_CREDENTIALS", DiagnosticCode::bitrix24_credentials},
    {"expired_token", DiagnosticCode::bitrix24_credentials},
    {"invalid_token", DiagnosticCode::bitrix24_credentials},
    {"INVALID_REQUEST", DiagnosticCode::bitrix24_credentials},
    {"insufficient_scope", DiagnosticCode::bitrix24_permission},
    {"user_access_error", DiagnosticCode::bitrix24_permission},
    {"allowed_only_intranet_user", DiagnosticCode::bitrix24_permission},
    {"ERROR_METHOD_NOT_FOUND", DiagnosticCode::bitrix24_permission},
    {"OVERLOAD_LIMIT", DiagnosticCode::bitrix24_plan},
    {"PORTAL_DELETED", DiagnosticCode::bitrix24_plan},
    {"NOT_FOUND", DiagnosticCode::not_found},
    {"OWNER_NOT_FOUND", DiagnosticCode::not_found},
    {"ACCESS_DENIED", DiagnosticCode::bitrix24_permission},
    {"100", DiagnosticCode::bitrix24_refused},
    {"INVALID_ARG_VALUE", DiagnosticCode::bitrix24_refused},
    {"ENTITY_TYPE_NOT_SUPPORTED", DiagnosticCode::bitrix24_refused},
}};

std::string TextAt(const Json& json, const char* name) {
  if (!json.is_object()) return {};
  const auto found = json.find(name);
  if (found == json.end()) return {};
  return found->is_string()   ? found->get<std::string>()
         : found->is_number() ? DumpJson(*found)
                              : std::string();
}

// Worth another attempt: the vendor is busy, or nothing is known to be wrong with the call.
bool IsPassing(const net::HttpResult& result, const Diagnostics& faults) {
  if (result.failure != net::Failure::kNone) {
    return result.failure != net::Failure::kBadRequest && result.failure != net::Failure::kForbiddenAddress &&
           result.failure != net::Failure::kCancelled;
  }
  return result.status >= 500 || faults.front().code == DiagnosticCode::bitrix24_busy;
}

}  // namespace

Diagnostic Bitrix24Error(const std::string& method, const std::string& code, const std::string& description) {
  const auto known =
      std::find_if(kErrors.begin(), kErrors.end(), [&](const KnownError& e) { return e.code == code; });
  DiagnosticCode means = known == kErrors.end() ? DiagnosticCode::bitrix24_refused : known->means;
  // The plan's refusal has the code of a missing right; its words tell them apart.
  const bool plan = code == "ACCESS_DENIED" && (description.find("plan") != std::string::npos ||
                                                description.find("subscription") != std::string::npos);
  if (plan) means = DiagnosticCode::bitrix24_plan;
  Diagnostic diagnostic = Diagnostic::Of(means);
  if (means == DiagnosticCode::not_found) {
    return std::move(diagnostic).With("what", "Bitrix24 record").With("id", method);
  }
  return std::move(diagnostic).With("name", method).With("value", code).With("detail", description);
}

int64_t LeakyBucket::Take(int64_t now_ms) {
  const int64_t passed = std::max<int64_t>(0, now_ms - at_ms_);
  at_ms_ = std::max(at_ms_, now_ms);
  level_ = std::max<int64_t>(0, level_ - passed * per_second_) + 1'000;
  const int64_t over = level_ - capacity_ * 1'000;
  return over <= 0 ? 0 : (over + per_second_ - 1) / per_second_;
}

Bitrix24Client::Bitrix24Client(net::Transfers& transfers, Bitrix24Access access, Sleep sleep, Clock clock)
    : http_(transfers),
      access_(std::move(access)),
      sleep_(std::move(sleep)),
      clock_(std::move(clock)),
      bucket_(kBitrix24Burst, access_.calls_per_second) {}

net::HttpResult Bitrix24Client::Exchange(const std::string& method, const std::string& body) {
  net::HttpRequest request;
  request.url =
      access_.base_url + "/rest/" + (access_.webhook.empty() ? "" : access_.webhook + "/") + method + ".json";
  request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}, {"Accept", "application/json"}};
  request.body = body;
  if (!access_.access_token.empty()) {
    request.body += (body.empty() ? "auth=" : "&auth=") + net::PercentEncode(access_.access_token);
  }
  request.allow_private = true;                             // base_url is an administrator's
  request.max_response_bytes = 8 * net::kMaxResponseBytes;  // a batch is fifty answers
  std::promise<net::HttpResult> promise;
  auto future = promise.get_future();
  http_.Send(std::move(request),
             [&promise](net::HttpResult result) { promise.set_value(std::move(result)); });
  return future.get();
}

Diagnostics Bitrix24Client::FaultOf(const std::string& method, const net::HttpResult& result,
                                    const Json& answer) const {
  if (result.failure != net::Failure::kNone) {
    return {Diagnostic::Of(DiagnosticCode::bitrix24_unreachable)
                .With("name", access_.base_url)
                .With("detail", std::string(net::FailureName(result.failure)))};
  }
  std::string code = TextAt(answer, "error");
  if (code.empty()) code = "HTTP " + std::to_string(result.status);
  Diagnostic fault = Bitrix24Error(method, code, TextAt(answer, "error_description"));
  // 502, 504: something before Bitrix24 answered.
  if (answer.is_null() && result.status >= 500) {
    fault = Diagnostic::Of(DiagnosticCode::bitrix24_busy).With("name", method).With("value", code);
  }
  return {std::move(fault)};
}

Result<Json> Bitrix24Client::Ask(const std::string& method, const std::string& body, bool writes) {
  int64_t pause = kFirstPauseMs;
  for (int attempt = 1;; ++attempt) {
    const int64_t turn = bucket_.Take(clock_());
    const Diagnostics ending = {Diagnostic::Of(DiagnosticCode::bitrix24_unreachable)
                                    .With("name", access_.base_url)
                                    .With("detail", "cancelled")};
    if (turn > 0 && !sleep_(turn)) return ending;
    const net::HttpResult result = Exchange(method, body);
    Result<Json> parsed =
        result.failure == net::Failure::kNone ? ParseJson(result.body) : Result<Json>(Json());
    const bool good = result.failure == net::Failure::kNone && result.status == 200 && parsed.ok() &&
                      parsed->is_object() && parsed->contains("result");
    if (good) return parsed;
    if (result.failure == net::Failure::kNone && result.status == 200) {
      return Diagnostics{
          Diagnostic::Of(DiagnosticCode::bitrix24_answer)
              .With("name", method)
              .With("detail", parsed.ok() ? "it has no result" : MessageOf(parsed.error().front()))};
    }
    Diagnostics faults = FaultOf(method, result, parsed.ok() ? *parsed : Json());
    // A write whose answer was lost may have been done: doing it again would double it.
    const bool certain =
        !writes || (result.failure != net::Failure::kNone ? !result.written
                                                          : result.status == 503 || result.status == 429);
    if (!certain || attempt == kMaxBitrix24Attempts || !IsPassing(result, faults)) return faults;
    if (!sleep_(pause)) return faults;
    pause = std::min(pause * 2, kLongestPauseMs);
  }
}

Result<Json> Bitrix24Client::One(const Call& call, bool writes) {
  Result<Json> answer = Ask(call.method, net::FormEncode(call.parameters), writes);
  if (!answer.ok()) return answer;
  return Json((*answer)["result"]);
}

Result<Bitrix24Client::Answers> Bitrix24Client::Batch(const std::vector<Call>& calls, bool writes) {
  net::Fields body = {{"halt", "0"}};
  for (const Call& call : calls) {
    body.emplace_back("cmd[" + call.key + "]", call.method + "?" + net::FormEncode(call.parameters));
  }
  const Result<Json> answer = Ask("batch", net::FormEncode(body), writes);
  if (!answer.ok()) return answer.error();
  const Json& outer = (*answer)["result"];
  const Json results = outer.is_object() && outer.contains("result") ? outer["result"] : Json();
  const Json errors = outer.is_object() && outer.contains("result_error") ? outer["result_error"] : Json();
  Answers answers;
  for (const Call& call : calls) {
    if (errors.is_object() && errors.contains(call.key)) {
      const Json& error = errors[call.key];
      answers.emplace(call.key, Diagnostics{Bitrix24Error(call.method, TextAt(error, "error"),
                                                          TextAt(error, "error_description"))});
    } else if (results.is_object() && results.contains(call.key)) {
      answers.emplace(call.key, Json(results[call.key]));
    } else {
      answers.emplace(call.key, Diagnostics{Diagnostic::Of(DiagnosticCode::bitrix24_answer)
                                                .With("name", call.method)
                                                .With("detail", "it is missing in the batch")});
    }
  }
  return answers;
}

Result<Json> Bitrix24Client::List(Call call, const std::string& member) {
  Json rows = Json::array();
  call.parameters.emplace_back("start", "0");
  for (size_t page = 0; page < kMaxBitrix24Pages; ++page) {
    Result<Json> answer = Ask(call.method, net::FormEncode(call.parameters), false);
    if (!answer.ok()) return answer;
    Json& result = (*answer)["result"];
    Json& list = member.empty() ? result : result[member];
    if (!list.is_array()) {
      return Diagnostics{Diagnostic::Of(DiagnosticCode::bitrix24_answer)
                             .With("name", call.method)
                             .With("detail", "its rows are " + std::string(TypeWord(list)))};
    }
    for (Json& row : list) rows.push_back(std::move(row));
    const std::string next = TextAt(*answer, "next");
    if (next.empty()) break;
    call.parameters.back().second = next;
  }
  return rows;
}

}  // namespace recado::directory
