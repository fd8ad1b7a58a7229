// http_sms: any SMS gateway that takes an HTTP request, described by the administrator instead of by us.
//
//   {"base_url": "https://gateway.example", "path": "/send?to={{ number }}", "method": "POST",
//    "headers": {"Authorization": "Bearer {{ secret.token }}", "Content-Type": "application/json"},
//    "body": "{\"to\":\"{{ to }}\",\"text\":\"{{ text }}\",\"id\":\"{{ key }}\"}",
//    "success": {"pointer": "/status", "value": "ok"}, "reference": "/id"}
//
// Path, headers and body are Liquid over to (E.164), number (without plus), text, key, encoding ("gsm7",
// "ucs2"), segments and secret.token, secret.username, secret.password. Values come written for their place:
// percent-encoded in the path and in forms, as the inside of a string in JSON, escaped in XML, so that no
// text of a customer can leave the place it was given. Without `success` every 2xx is an acceptance. Nothing
// is known of the gateway's idempotency, so a message in doubt is for the rule's policy to decide.
#include <algorithm>
#include <charconv>

#include "core/liquid/template.h"
#include "native/provider/endpoint.h"
#include "native/provider/outcome.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr std::string_view kVendor = "The SMS gateway";
constexpr std::string_view kSecretNames[] = {"password", "token", "username"};

// How values are written.
enum class Place : uint8_t { kPlain, kForm, kJson, kXml };

std::string Written(std::string_view value, Place place) {
  switch (place) {
    case Place::kForm:
      return net::PercentEncode(value);
    case Place::kJson: {
      const std::string quoted = DumpJson(Json(std::string(value)));
      return quoted.substr(1, quoted.size() - 2);
    }
    case Place::kXml:
      return net::XmlEscape(value);
    case Place::kPlain:
      break;
  }
  return std::string(value);
}

Place PlaceOf(std::string_view content_type) {
  const auto has = [content_type](std::string_view word) {
    return content_type.find(word) != std::string_view::npos;
  };
  if (has("json")) return Place::kJson;
  if (has("xml")) return Place::kXml;
  return has("urlencoded") ? Place::kForm : Place::kPlain;
}

// RFC 6901; nothing where there is no such place. An answer is a stranger's, so no library's exceptions.
const Json& ValueAt(const Json& answer, std::string_view pointer) {
  static const Json kNothing;
  const Json* value = pointer.empty() ? &kNothing : &answer;
  while (!pointer.empty()) {
    const size_t end = std::min(pointer.find('/', 1), pointer.size());
    std::string name;
    for (size_t i = 1; i < end; ++i) {
      const bool escaped = pointer[i] == '~' && i + 1 < end;
      name += escaped ? (pointer[++i] == '1' ? '/' : '~') : pointer[i];
    }
    pointer.remove_prefix(end);
    size_t index = 0;
    const auto [last, error] = std::from_chars(name.data(), name.data() + name.size(), index);
    const bool number = error == std::errc() && last == name.data() + name.size();
    const bool item = value->is_array() && number && index < value->size();
    value = item ? &(*value)[index] : &MemberOf(*value, name);
  }
  return *value;
}

liquid::TemplatePtr Compiled(const std::string& source) {
  return liquid::Template::Parse(source).program;
}

class HttpSms final : public Vendor {
 public:
  HttpSms(const Config& config, const Surroundings& surroundings)
      : endpoint_(EndpointOf(config, surroundings, "")),
        method_(TextSetting(config, "method")),
        path_(Compiled(TextSetting(config, "path"))),
        body_(Compiled(TextSetting(config, "body"))),
        reference_(TextSetting(config, "reference")) {
    if (method_.empty()) method_ = "POST";
    for (const std::string_view name : kSecretNames) secrets_[std::string(name)] = SecretOf(config, name);
    for (const auto& [name, value] : MemberOf(config.settings, "headers").items()) {
      headers_.emplace_back(name, Compiled(value.get<std::string>()));
      if (IsContentType(name)) place_ = PlaceOf(value.get_ref<const std::string&>());
    }
    const Json& success = MemberOf(config.settings, "success");
    if (success.is_object()) {
      pointer_ = TextOf(success, "pointer");
      wanted_ = MemberOf(success, "value");
    }
  }

  Resolution resolution() const override { return Resolution::kBlind; }

  Request Send(const Outgoing& outgoing) const override {
    if (outgoing.message.channel != rule::Channel::kSms) return OnlySends(kVendor, "SMS");
    std::string fault;
    net::HttpRequest request = Ask(endpoint_, method_, Render(path_, outgoing, Place::kForm, fault));
    // The administrator's headers say what is asked for.
    request.headers.clear();
    for (const auto& [name, value] : headers_)
      request.headers.emplace_back(name, Render(value, outgoing, Place::kPlain, fault));
    if (method_ != "GET") request.body = Render(body_, outgoing, place_, fault);
    if (!fault.empty())
      return MakeOutcome(Kind::kPermanent, "The provider's template can't be rendered: " + fault);
    return request;
  }

  Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const override {
    Outcome outcome = OutcomeOf(result, kVendor, outgoing.attempt);
    if (!Succeeded(result)) return outcome;
    const Json answer = Parsed(result.body);
    outcome.reference = Printed(ValueAt(answer, reference_));
    if (pointer_.empty() && wanted_.is_null()) {
      outcome.kind = Kind::kAccepted;
      outcome.text = ForPeople("The gateway answered " + std::to_string(result.status) + ".");
      return outcome;
    }
    const Json& found = ValueAt(answer, pointer_);
    // "0" and 0 are one answer to whoever wrote the setting.
    const bool taken = found == wanted_ || (!found.is_null() && Printed(found) == Printed(wanted_));
    outcome.kind = taken ? Kind::kAccepted : answer.is_null() ? Kind::kUnknown : Kind::kPermanent;
    outcome.text = ForPeople(taken ? "The gateway has the message." : "The gateway answered " + result.body);
    return outcome;
  }

 private:
  static bool IsContentType(std::string_view name) {
    constexpr std::string_view kName = "content-type";
    return std::equal(name.begin(), name.end(), kName.begin(), kName.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + 32 : a) == b; });
  }

  static std::string Printed(const Json& value) {
    return value.is_null() ? "" : value.is_string() ? value.get<std::string>() : DumpJson(value);
  }

  std::string Render(const liquid::TemplatePtr& program, const Outgoing& outgoing, Place place,
                     std::string& fault) const {
    if (program == nullptr) return {};
    const plan::Message& message = outgoing.message;
    const auto written = [place](std::string_view value) { return Written(value, place); };
    Json secret = Json::object();
    for (const auto& [name, value] : secrets_) secret[name] = written(value);
    const bool unicode = message.sms && message.sms->encoding == sms::Encoding::kUcs2;
    const Json data = {{"to", written(message.to.address)},
                       {"number", written(WithoutPlus(message.to.address))},
                       {"text", written(message.text)},
                       {"key", written(outgoing.key)},
                       {"encoding", unicode ? "ucs2" : "gsm7"},
                       {"segments", message.sms ? message.sms->segments : 0},
                       {"secret", std::move(secret)}};
    const liquid::Document document = liquid::Document::FromJson(data);
    Result<std::string> text = program->Render(document.root(), {});
    if (!text.ok()) fault = MessageOf(text.error().front());
    return text.ok() ? std::move(*text) : std::string();
  }

  Endpoint endpoint_;
  std::string method_;
  liquid::TemplatePtr path_, body_;
  std::vector<std::pair<std::string, liquid::TemplatePtr>> headers_;
  std::map<std::string, std::string> secrets_;
  Place place_ = Place::kPlain;
  std::string pointer_, reference_;
  Json wanted_;
};

void CheckTemplate(const std::string& source, const std::string& path, Diagnostics& diagnostics) {
  for (Diagnostic& fault : liquid::Template::Parse(source).diagnostics) {
    fault.path = path;
    diagnostics.push_back(std::move(fault));
  }
}

void CheckPointer(const Json& value, const std::string& path, Diagnostics& diagnostics) {
  if (!value.is_string() || value.get_ref<const std::string&>().starts_with('/')) return;
  diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                            .At(path)
                            .With("what", "pointer")
                            .With("value", DumpJson(value))
                            .With("allowed", "a JSON pointer like /messages/0/status"));
}

void CheckHttpSms(const Config& config, Diagnostics& diagnostics) {
  for (const std::string_view name : {"path", "body"}) {
    CheckTemplate(TextSetting(config, name), Child("/settings", name), diagnostics);
  }
  for (const auto& [name, value] : MemberOf(config.settings, "headers").items()) {
    if (value.is_string())
      CheckTemplate(value.get<std::string>(), Child("/settings/headers", name), diagnostics);
  }
  const std::string path = TextSetting(config, "path");
  if (!path.empty() && path[0] != '/') {  // "https://gateway.example" + ".org"
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                              .At("/settings/path")
                              .With("what", "path")
                              .With("value", path)
                              .With("allowed", "a path that begins with a slash"));
  }
  const std::string method = TextSetting(config, "method");
  if (!method.empty() && method != "GET" && method != "POST" && method != "PUT") {
    diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_value)
                              .At("/settings/method")
                              .With("what", "method")
                              .With("value", method)
                              .With("allowed", "GET, POST, PUT"));
  }
  const Json& success = MemberOf(config.settings, "success");
  CheckPointer(MemberOf(success, "pointer"), "/settings/success/pointer", diagnostics);
  CheckPointer(MemberOf(config.settings, "reference"), "/settings/reference", diagnostics);
}

constexpr Setting kSettings[] = {
    {"base_url", SettingType::kHttpUrl, true},
    {"method", SettingType::kText},
    {"path", SettingType::kText},
    {"headers", SettingType::kTexts},
    {"body", SettingType::kText},
    {"success", SettingType::kSuccess},
    {"reference", SettingType::kText},
};
constexpr Secret kSecrets[] = {{"password", false}, {"token", false}, {"username", false}};

}  // namespace

const VendorKind& HttpSmsKind() {
  static constexpr VendorKind kKind{
      .name = "http_sms",
      .settings = kSettings,
      .secrets = kSecrets,
      .check = &CheckHttpSms,
      .make = &Make<HttpSms>,
  };
  return kKind;
}

}  // namespace recado::provider
