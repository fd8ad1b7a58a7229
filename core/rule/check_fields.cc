#include <algorithm>
#include <array>

#include "core/crm/reader.h"
#include "core/rule/checks.h"

namespace recado::rule {
namespace {

using Kind = liquid::Type::Kind;

std::vector<std::string_view> MemberNames(const liquid::Type& object) {
  std::vector<std::string_view> names;
  for (const liquid::Type::Member& member : object.members) names.push_back(member.name);
  return names;
}

const liquid::Type* FindMember(const liquid::Type& object, std::string_view name) {
  for (const liquid::Type::Member& member : object.members) {
    if (member.name == name) return &member.type;
  }
  return nullptr;
}

bool IsNumber(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

const liquid::Type& AnyType() {
  static const liquid::Type any;
  return any;
}

// One kind of comparison an operator makes, as bits: which types it fits.
bool OperatorFits(Operator op, Kind kind) {
  switch (op) {
    case Operator::kEmpty:
    case Operator::kNotEmpty:
      return true;
    case Operator::kContains:
    case Operator::kNotContains:
      return kind == Kind::kText || kind == Kind::kList || kind == Kind::kAny;
    case Operator::kStartsWith:
    case Operator::kEndsWith:
      return kind == Kind::kText || kind == Kind::kAny;
    case Operator::kEq:
    case Operator::kNe:
    case Operator::kIn:
    case Operator::kNotIn:
      return kind != Kind::kFile && kind != Kind::kObject;
    default:
      return kind != Kind::kFile && kind != Kind::kObject && kind != Kind::kList && kind != Kind::kBoolean;
  }
}

bool IsDecimalText(const Json& value) {
  return value.is_string() && Decimal::Parse(value.get<std::string>()).has_value();
}

bool IsDateText(const Json& value) {
  return value.is_string() && ParseDate(value.get<std::string>()).ok();
}

bool IsMomentText(const Json& value) {
  return value.is_string() && ParseInstant(value.get<std::string>()).ok();
}

bool IsTimeText(const Json& value) {
  return value.is_string() && ParseTimeOfDay(value.get<std::string>()).ok();
}

// Whether a field of this type can be compared with that value at all.
bool ValueFits(Kind kind, const Json& value) {
  switch (kind) {
    case Kind::kText:
    case Kind::kList:
      return !value.is_object();
    case Kind::kInteger:
    case Kind::kDecimal:
      return value.is_number() || IsDecimalText(value);
    case Kind::kMoney:
      return value.is_number() || IsDecimalText(value) || value.is_object();
    case Kind::kBoolean:
      return value.is_boolean();
    case Kind::kDate:
      return IsDateText(value) || IsMomentText(value);
    case Kind::kDateTime:
      return IsDateText(value) || IsMomentText(value) || IsTimeText(value);
    default:
      return true;
  }
}

std::string_view Expected(Kind kind) {
  switch (kind) {
    case Kind::kInteger:
    case Kind::kDecimal:
      return "100, 199.90";
    case Kind::kMoney:
      return R"(100, "199.90", {"amount": "199.90", "currency": "EUR"})";
    case Kind::kBoolean:
      return "true, false";
    case Kind::kDate:
      return "2026-12-25";
    case Kind::kDateTime:
      return "2026-12-25, 2026-12-25T10:00:00Z, 10:00";
    default:
      return "text";
  }
}

void CheckValue(const ConditionNode& node, const liquid::Type& type, const Json& value,
                const std::string& path, const Judge& judge) {
  if (!ValueFits(type.kind, value)) {
    judge.Report(path, Diagnostic::Of(DiagnosticCode::value_does_not_fit)
                           .With("field", node.field)
                           .With("value", value.is_string() ? value.get<std::string>() : DumpJson(value))
                           .With("expected", std::string(Expected(type.kind))));
    return;
  }
  if (type.kind != Kind::kMoney || !value.is_object()) return;
  const auto currency = value.find("currency");
  if (currency == value.end() || !currency->is_string()) return;
  const auto code = currency->get<std::string>();
  if (judge.workspace.currency.empty() || code == judge.workspace.currency) return;
  Diagnostic mismatch = Diagnostic::Of(DiagnosticCode::currency_mismatch)
                            .With("actual", judge.workspace.currency)
                            .With("expected", code);
  mismatch.severity = Severity::kWarning;  // amounts in that currency may exist; all others skip the rule
  judge.Report(path, std::move(mismatch));
}

void CheckTest(const ConditionNode& node, const Judge& judge) {
  const liquid::Type* type = ResolveField(node.field, node.path.substr(judge.root.size()) + "/field", judge);
  if (type == nullptr) return;
  const std::string at = node.path.substr(judge.root.size());
  const bool files = type->kind == Kind::kList && type->element && type->element->kind == Kind::kFile;
  if (!OperatorFits(node.op, files ? Kind::kFile : type->kind)) {
    judge.Report(at + "/op", Diagnostic::Of(DiagnosticCode::operator_does_not_fit)
                                 .With("op", std::string(OperatorName(node.op)))
                                 .With("field", node.field)
                                 .With("type", std::string(TypeName(*type))));
    return;
  }
  if (node.value.is_null()) return;
  const bool list = node.op == Operator::kIn || node.op == Operator::kNotIn ||
                    node.op == Operator::kBetween || node.op == Operator::kNotBetween;
  if (!list) {
    CheckValue(node, *type, node.value, at + "/value", judge);
    return;
  }
  if (!node.value.is_array()) return;
  for (size_t i = 0; i < node.value.size(); ++i) {
    CheckValue(node, *type, node.value[i], Child(at + "/value", i), judge);
  }
}

std::vector<std::string_view> EntityCodes(const crm::Schema& schema) {
  std::vector<std::string_view> codes;
  codes.reserve(schema.entities.size());
  for (const crm::Entity& entity : schema.entities) codes.push_back(entity.code);
  return codes;
}

template <class T>
std::vector<std::string_view> Ids(const std::vector<T>& items) {
  std::vector<std::string_view> ids;
  ids.reserve(items.size());
  for (const T& item : items) ids.push_back(item.id);
  return ids;
}

Diagnostic Unknown(DiagnosticCode code, const std::string& name,
                   const std::vector<std::string_view>& candidates) {
  return crm::Suggest(Diagnostic::Of(code).With("name", name), name, candidates);
}

void CheckStage(const Trigger& on, const crm::Entity& entity, const Judge& judge) {
  std::vector<std::string_view> stages;
  bool found_pipeline = !on.pipeline;
  for (const crm::Pipeline& pipeline : entity.pipelines) {
    if (on.pipeline && pipeline.id != *on.pipeline) continue;
    found_pipeline = true;
    for (const crm::Stage& stage : pipeline.stages) stages.push_back(stage.id);
  }
  if (!found_pipeline) {
    judge.Report("/on/pipeline",
                 Unknown(DiagnosticCode::unknown_pipeline, *on.pipeline, Ids(entity.pipelines)));
    return;
  }
  if (!on.stage.empty() && std::find(stages.begin(), stages.end(), on.stage) == stages.end()) {
    judge.Report(
        "/on/stage",
        Unknown(DiagnosticCode::unknown_stage, on.stage, stages).With("pipeline", on.pipeline.value_or("")));
  }
}

// A field that gives a moment must hold one.
void CheckMoment(const std::string& field, const Judge& judge) {
  const liquid::Type* type = ResolveField(field, "/timing/field", judge);
  if (type == nullptr || type->kind == Kind::kDate || type->kind == Kind::kDateTime ||
      type->kind == Kind::kAny) {
    return;
  }
  judge.Report("/timing/field", Diagnostic::Of(DiagnosticCode::field_is_no_date)
                                    .With("field", field)
                                    .With("type", std::string(TypeName(*type))));
}

// The checker's own code for an undeclared member of an open entity.
Diagnostic Undeclared(const std::string& name) {
  return Diagnostic::Of(DiagnosticCode::undeclared_field).With("name", name);
}

}  // namespace

std::string_view TypeName(const liquid::Type& type) {
  constexpr std::string_view kNames[] = {"any",  "text",     "integer", "decimal", "money", "boolean",
                                         "date", "datetime", "file",    "list",    "object"};
  return kNames[static_cast<size_t>(type.kind)];
}

const liquid::Type* ResolveField(std::string_view field, std::string_view path, const Judge& judge) {
  if (field.empty()) return nullptr;
  const liquid::Type* type = &judge.variables;
  std::string_view rest = field;
  while (true) {
    const size_t dot = rest.find('.');
    const std::string_view name = rest.substr(0, dot);
    if (type->kind == Kind::kAny) return type;
    const liquid::Type* next = nullptr;
    if (type->kind == Kind::kList && IsNumber(name)) {
      next = type->element ? type->element.get() : &AnyType();
    } else if (type->kind == Kind::kMoney && (name == "amount" || name == "currency")) {
      next = &AnyType();
    } else if (type->kind == Kind::kObject) {
      next = FindMember(*type, name);
    }
    if (next == nullptr) {
      const std::string full(field.substr(0, static_cast<size_t>(name.data() - field.data()) + name.size()));
      if (type->kind == Kind::kObject && type->open && !name.empty()) {
        judge.Report(path, crm::Suggest(Undeclared(full), name, MemberNames(*type)));
        return &AnyType();
      }
      Diagnostic unknown = Diagnostic::Of(DiagnosticCode::unknown_field).With("name", full);
      const std::string near(liquid::NearestName(name, MemberNames(*type)));
      if (!near.empty()) {
        const std::string mended = std::string(field.substr(0, full.size() - name.size())) + near +
                                   std::string(dot == std::string_view::npos ? "" : rest.substr(dot));
        unknown = std::move(unknown).With("suggestion", mended).Fixed(mended);
      }
      judge.Report(path, std::move(unknown));
      return nullptr;
    }
    if (dot == std::string_view::npos) return next;
    type = next;
    rest.remove_prefix(dot + 1);
  }
}

void CheckTrigger(const Trigger& on, const Judge& judge) {
  if (on.entity.empty()) return;
  const crm::Entity* entity = judge.schema.Find(on.entity);
  if (entity == nullptr) {
    Diagnostic unknown = Unknown(DiagnosticCode::unknown_entity, on.entity, EntityCodes(judge.schema));
    // Without a schema a custom type's code cannot be told from a slip.
    if (judge.schema.built_in) unknown.severity = Severity::kWarning;
    judge.Report("/on/entity", std::move(unknown));
    return;
  }
  if (!entity->open && !entity->pipelines.empty()) CheckStage(on, *entity, judge);
}

void CheckConditions(const Conditions& conditions, const Judge& judge) {
  for (const ConditionNode& node : conditions.nodes) {
    if (node.kind == ConditionNode::Kind::kTest && !node.field.empty()) CheckTest(node, judge);
  }
}

void CheckTiming(const Timing& timing, const Judge& judge) {
  if (timing.field) CheckMoment(*timing.field, judge);
  if (timing.business_hours && judge.workspace.FindCalendar(*timing.business_hours) == nullptr) {
    judge.Report("/timing/business_hours", Unknown(DiagnosticCode::unknown_calendar, *timing.business_hours,
                                                   Ids(judge.workspace.calendars)));
  }
}

}  // namespace recado::rule
