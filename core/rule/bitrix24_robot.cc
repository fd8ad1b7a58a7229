#include "core/rule/bitrix24_robot.h"

#include <algorithm>
#include <array>

#include "core/crm/reader.h"
#include "core/rule/parse.h"

namespace recado::rule {
namespace {

enum class Robot : uint8_t { kSms, kEmail, kCall, kChat, kWhatsApp, kInvite };
struct RobotRow {
  std::string_view part;  // of the type, in small letters
  Robot robot;
};
// CrmSendSmsActivity and VoximplantCallActivity are seen in published exports; the rest is assumed. Looked
// for in this order.
constexpr RobotRow kRobots[] = {
    {"whatsapp", Robot::kWhatsApp},     {"telegram", Robot::kInvite},    {"invite", Robot::kInvite},
    {"crmsendsms", Robot::kSms},        {"crmsendemail", Robot::kEmail}, {"voximplantcall", Robot::kCall},
    {"openlinesmessage", Robot::kChat}, {"imolmessage", Robot::kChat},
};

constexpr std::array<std::string_view, 2> kWhich = {"first", "last"};

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

// Numbers and texts; REST gives both for the same thing.
std::string Plain(const Json* value) {
  if (value == nullptr) return "";
  if (value->is_string()) return value->get<std::string>();
  if (value->is_number_integer()) return std::to_string(value->get<int64_t>());
  if (value->is_boolean()) return value->get<bool>() ? "Y" : "N";
  return "";
}

bool IsYes(const std::string& word) {
  return word == "Y" || word == "1" || Lower(word) == "true";
}

bool HasForm(const std::string& text) {
  return text.find("{=") != std::string::npos || text.find("{{") != std::string::npos;
}

std::optional<Operator> OperatorOf(std::string_view word) {
  struct Row {
    std::string_view word;
    Operator op;
  };
  constexpr Row kRows[] = {{"=", Operator::kEq},
                           {"!=", Operator::kNe},
                           {">", Operator::kGt},
                           {">=", Operator::kGe},
                           {"<", Operator::kLt},
                           {"<=", Operator::kLe},
                           {"in", Operator::kIn},
                           {"!in", Operator::kNotIn},
                           {"between", Operator::kBetween},
                           {"contain", Operator::kContains},
                           {"!contain", Operator::kNotContains},
                           {"empty", Operator::kEmpty},
                           {"!empty", Operator::kNotEmpty}};
  for (const Row& row : kRows) {
    if (row.word == word) return row.op;
  }
  return std::nullopt;
}

}  // namespace

RobotReader::RobotReader(const Json& robot, std::string path, const liquid::bitrix24::Names& names,
                         Diagnostics& out)
    : robot_(robot), path_(std::move(path)), names_(names), out_(out) {
  properties_ = &robot_["Properties"];
  properties_path_ = Child(path_, "Properties");
}

const Json* RobotReader::Find(const Json& object, Aliases names, const std::string& parent,
                              std::string& path) const {
  path = Child(parent, *names.begin());
  if (!object.is_object()) return nullptr;
  for (const std::string_view name : names) {
    for (const auto& [key, value] : object.items()) {
      if (Lower(key) != Lower(name)) continue;
      path = Child(parent, key);
      return &value;
    }
  }
  return nullptr;
}

const Json* RobotReader::Property(Aliases names, std::string& path) const {
  return Find(*properties_, names, properties_path_, path);
}

std::string RobotReader::Word(Aliases names) const {
  std::string path;
  return Plain(Property(names, path));
}

std::string RobotReader::Required(Aliases names) {
  std::string path;
  std::string word = Plain(Property(names, path));
  if (word.empty()) {
    out_.push_back(Diagnostic::Of(DiagnosticCode::missing_member)
                       .With("what", std::string(*names.begin()))
                       .At(properties_path_));
  }
  return word;
}

std::string RobotReader::Text(Aliases names, bool required) {
  std::string path;
  const Json* value = Property(names, path);
  if (value == nullptr || !value->is_string() || value->get_ref<const std::string&>().empty())
    return required ? Required(names) : "";
  return ConvertText(value->get<std::string>(), names_, path, out_);
}

std::string RobotReader::Kind(Aliases names, std::span<const std::string_view> allowed) {
  std::string path;
  const std::string word = Plain(Property(names, path));
  std::string kind = Lower(word);
  if (kind.empty()) return std::string(allowed[0]);
  if (std::find(allowed.begin(), allowed.end(), kind) != allowed.end()) return kind;
  out_.push_back(crm::InvalidValue(*names.begin(), word, allowed).At(path));
  return std::string(allowed[0]);
}

bool RobotReader::Flag(Aliases names) const {
  return IsYes(Word(names));
}

void RobotReader::LeftOut(Aliases names) {
  std::string path;
  const Json* value = Property(names, path);
  if (value == nullptr || value->is_null() || ((value->is_array() || value->is_object()) && value->empty()) ||
      (value->is_string() && value->get_ref<const std::string&>().empty()))
    return;
  out_.push_back(Diagnostic::Of(DiagnosticCode::bitrix24_setting_left_out)
                     .With("name", std::string(*names.begin()))
                     .At(path));
}

Json RobotReader::Email() {
  Json action = {{"type", "send_email"}};
  const std::string from = Word({"MessageFrom", "From"});
  if (HasForm(from)) LeftOut({"MessageFrom", "From"});
  const bool automatic = from.empty() || HasForm(from) || Lower(from) == "auto";
  // "Name <address>" as mail.mailbox.senders writes it: Recado's is the address.
  const size_t open = from.find('<');
  const size_t close = from.find('>', open == std::string::npos ? 0 : open);
  const bool named = open != std::string::npos && close != std::string::npos;
  if (automatic) {
    action["from"] = {{"auto", "responsible"}};
  } else {
    action["from"] = named ? from.substr(open + 1, close - open - 1) : from;
  }
  action["subject"] = Text({"Subject", "MailSubject"});
  const bool plain = Lower(Word({"MessageTextType", "MessageType"})) == "plain";
  action[plain ? "text" : "html"] = Text({"MessageText", "Body", "MailText"});
  action["email_type"] = Kind({"EmailType", "AddressType"}, EmailTypes());
  action["use_address"] = Kind({"EmailSelectRule", "UseAddress"}, kWhich);
  if (Flag({"UseLinkTracker", "ClickTracking"})) action["track_clicks"] = true;
  LeftOut({"Attachment", "Attachments"});
  return action;
}

Json RobotReader::Call() {
  Json action = {{"type", "make_call"}, {"line", Required({"OutputNumber", "FromLine", "FROM_LINE"})}};
  if (Flag({"UseAudioFile"}) || !Word({"AudioFile", "URL"}).empty()) {
    action["play"] = {{"url", Required({"AudioFile", "URL"})}};
    return action;
  }
  action["say"] = {{"text", Text({"Text", "TEXT_TO_PRONOUNCE"})}};
  if (const std::string voice = Word({"VoiceLanguage", "Voice"}); !voice.empty())
    action["say"]["voice"] = voice;
  LeftOut({"VoiceSpeed"});
  LeftOut({"VoiceVolume"});
  return action;
}

Json RobotReader::WhatsApp() {
  Json action = {{"type", "send_whatsapp"},
                 {"provider", Required({"ProviderId", "Provider"})},
                 {"template", Required({"TemplateId", "Template"})},
                 {"language", Required({"Language", "LanguageId"})},
                 {"phone_type", Kind({"PhoneType"}, PhoneTypes())}};
  std::string path;
  const Json* given = Property({"Placeholders", "Parameters"}, path);
  Json parameters = Json::object();
  if (given != nullptr && (given->is_object() || given->is_array())) {
    size_t position = 0;
    for (const auto& [key, value] : given->items()) {
      ++position;
      if (!value.is_string()) continue;
      const std::string name = given->is_array() ? std::to_string(position) : key;
      parameters[name] = ConvertText(value.get<std::string>(), names_, Child(path, key), out_);
    }
  }
  action["parameters"] = std::move(parameters);
  return action;
}

std::optional<Json> RobotReader::Action() {
  const std::string type = Lower(Plain(&robot_["Type"]));
  const auto* row = std::find_if(std::begin(kRobots), std::end(kRobots), [&type](const RobotRow& candidate) {
    return type.find(candidate.part) != std::string::npos;
  });
  if (row == std::end(kRobots)) {
    out_.push_back(Diagnostic::Of(DiagnosticCode::bitrix24_robot_left_out)
                       .With("name", Plain(&robot_["Type"]))
                       .At(Child(path_, "Type")));
    return std::nullopt;
  }
  switch (row->robot) {
    case Robot::kSms:
      return Json{{"type", "send_sms"},
                  {"text", Text({"MessageText", "Text"})},
                  {"phone_type", Kind({"PhoneType"}, PhoneTypes())},
                  {"provider", Required({"ProviderId", "Provider"})}};
    case Robot::kEmail:
      return Email();
    case Robot::kCall:
      return Call();
    case Robot::kChat: {
      Json chat = {{"type", "send_chat_message"}, {"text", Text({"MessageText", "Message", "Text"})}};
      if (Flag({"IsSystem", "Hidden", "Silent"})) chat["hidden"] = true;
      LeftOut({"Attachment", "Attachments"});
      return chat;
    }
    case Robot::kWhatsApp:
      return WhatsApp();
    case Robot::kInvite:
      break;
  }
  Json invite = {{"type", "invite_to_messenger"},
                 {"channel", Required({"ChannelId", "ConnectorId", "Channel"})},
                 {"provider", Required({"ProviderId", "Provider"})},
                 {"phone_type", Kind({"PhoneType"}, PhoneTypes())}};
  const std::string text = Text({"MessageText", "Text"}, false);
  invite["text"] = text.empty() ? "{{ invite.link }}" : text + " {{ invite.link }}";
  return invite;
}

// {"value": "10", "valueType": "i"}: i minutes, h hours, d days, as in dateadd.
std::optional<std::string> RobotReader::Period(const Json& delay, const std::string& path) {
  std::string at;
  const std::string value = Plain(Find(delay, {"value"}, path, at));
  const std::string unit = Plain(Find(delay, {"valueType"}, path, at));
  const bool digits = !value.empty() && value.size() < 7 &&
                      std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (digits && unit == "i") return "PT" + value + "M";
  if (digits && unit == "h") return "PT" + value + "H";
  if (digits && unit == "d") return "P" + value + "D";
  return std::nullopt;
}

std::optional<Json> RobotReader::Timing() {
  std::string path;
  const Json* delay = Find(robot_, {"Delay"}, path_, path);
  std::string at;
  Json timing = {{"run", "immediately"}};
  if (IsYes(Plain(Find(robot_, {"ExecuteAfterPrevious"}, path_, at)))) timing["wait_for_previous"] = true;
  if (delay == nullptr || !delay->is_object() || delay->empty()) return timing;
  const std::string type = Plain(Find(*delay, {"type"}, path, at));
  const std::string basis = Plain(Find(*delay, {"basis"}, path, at));
  const std::string basis_path = at;
  const auto refuse = [this](std::string what, std::string place) {
    out_.push_back(
        Diagnostic::Of(DiagnosticCode::bitrix24_timing).With("name", std::move(what)).At(std::move(place)));
    return std::nullopt;
  };
  const auto period = Period(*delay, path);
  const bool has_basis = !basis.empty() && basis.find("System:Now") == std::string::npos &&
                         basis.find("CurrentDateTime") == std::string::npos;
  const std::string value = Plain(Find(*delay, {"value"}, path, at));
  const bool none = value.empty() || value == "0";
  if (type != "after" && type != "before")
    return none && type.empty() ? std::optional(timing) : refuse(type, path);
  if (!none && !period) return refuse(value, path);
  if (IsYes(Plain(Find(*delay, {"workTime"}, path, at)))) {
    out_.push_back(Diagnostic::Of(DiagnosticCode::bitrix24_setting_left_out).With("name", "workTime").At(at));
  }
  if (!has_basis && type == "before") return refuse(type, path);
  if (!has_basis && none) return timing;
  timing["run"] = type;
  timing["delay"] = none ? "PT0S" : *period;
  if (!has_basis) return timing;
  const auto field = liquid::bitrix24::FieldAlone(basis, names_);
  const bool is_date =
      field && field->filters.empty() &&
      (field->kind == liquid::bitrix24::Kind::kDate || field->kind == liquid::bitrix24::Kind::kDateTime ||
       field->kind == liquid::bitrix24::Kind::kAny);
  if (!is_date) return refuse(basis, basis_path);
  timing["field"] = field->path;
  return timing;
}

// {"object":"Document","field":"OPPORTUNITY","operator":">","value":"5000"}
std::optional<Json> RobotReader::Condition(const Json& item) {
  if (!item.is_object()) return std::nullopt;
  std::string at;
  const std::string object = Plain(Find(item, {"object"}, "", at));
  const auto op = OperatorOf(Plain(Find(item, {"operator"}, "", at)));
  liquid::bitrix24::Field made;
  const auto* field = names_.ByCode(Plain(Find(item, {"field"}, "", at)), made);
  if ((!object.empty() && object != "Document") || !op || field == nullptr || !field->filters.empty())
    return std::nullopt;
  Json test = {{"field", field->path}, {"op", OperatorName(*op)}};
  if (*op == Operator::kEmpty || *op == Operator::kNotEmpty) return test;
  const Json* value = Find(item, {"value"}, "", at);
  if (value == nullptr || value->is_null() || value->is_object()) return std::nullopt;
  const bool is_list = *op == Operator::kIn || *op == Operator::kNotIn || *op == Operator::kBetween;
  if (value->is_array() != (is_list && value->is_array())) return std::nullopt;
  for (const Json& one : value->is_array() ? *value : Json::array({*value})) {
    if (!one.is_primitive() || HasForm(Plain(&one))) return std::nullopt;
  }
  const bool is_flag = field->kind == liquid::bitrix24::Kind::kBoolean;
  if (is_flag) {
    test["value"] = IsYes(Plain(value));
  } else {
    test["value"] = is_list && !value->is_array() ? Json::array({*value}) : *value;
  }
  return test;
}

// {"items": [[condition, "AND"], …]}. Which neighbour a joint belongs to is not documented, so they must
// agree.
std::optional<Json> RobotReader::Conditions() {
  std::string path;
  const Json* given = Find(robot_, {"Condition"}, path_, path);
  if (given == nullptr || !given->is_object()) return std::nullopt;
  std::string items_path;
  const Json* items = Find(*given, {"items"}, path, items_path);
  if (items == nullptr || !items->is_array() || items->empty()) return std::nullopt;
  Json tests = Json::array();
  std::string joint;
  for (size_t i = 0; i < items->size(); ++i) {
    const Json& item = (*items)[i];
    const bool pair = item.is_array() && !item.empty();
    const std::string own = pair && item.size() > 1 ? Plain(&item[1]) : "AND";
    const auto test = Condition(pair ? item[0] : item);
    const bool agrees = i == 0 || own == joint;
    joint = own;
    if (test && agrees && (own == "AND" || own == "OR")) {
      tests.push_back(*test);
      continue;
    }
    out_.push_back(Diagnostic::Of(DiagnosticCode::bitrix24_condition)
                       .With("name", DumpJson(pair ? item[0] : item))
                       .At(Child(items_path, i)));
  }
  Json conditions = Json::object();
  conditions[joint == "OR" ? "any" : "all"] = std::move(tests);
  return conditions;
}

std::optional<Json> RobotReader::Read(size_t position, const ImportSettings& settings) {
  auto action = Action();
  if (!action) return std::nullopt;
  std::string path;
  const std::string number = std::to_string(position + 1);
  const std::string own_name = Plain(Find(robot_, {"Name"}, path_, path));
  std::string title = Word({"Title"});
  if (title.empty()) title = own_name.empty() ? "Bitrix24 " + number : own_name;
  std::string stage =
      Plain(Find(robot_, {"Stage", "STAGE_ID", "DocumentStatus", "DOCUMENT_STATUS"}, path_, path));
  if (stage.empty()) stage = settings.stage;
  if (stage.empty()) out_.push_back(Diagnostic::Of(DiagnosticCode::bitrix24_stage_missing).At(path_));
  Json rule = {{"id", "bitrix24-" + (crm::IsId(own_name) ? own_name : number)}, {"name", title}};
  if (Plain(Find(robot_, {"Activated"}, path_, path)) == "N") rule["enabled"] = false;
  rule["position"] = static_cast<int64_t>(position) * 10;
  rule["on"] = {{"entity", settings.entity}, {"stage", stage}};
  if (auto conditions = Conditions()) rule["conditions"] = *std::move(conditions);
  if (auto timing = Timing()) rule["timing"] = *std::move(timing);
  rule["action"] = *std::move(action);
  return rule;
}

}  // namespace recado::rule
