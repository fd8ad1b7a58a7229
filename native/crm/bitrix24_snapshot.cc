#include "native/crm/bitrix24_snapshot.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/decimal.h"
#include "core/base/instant.h"
#include "native/net/encode.h"

namespace recado::directory {
namespace {

struct BuiltIn {
  std::string_view entity;
  int type;
  std::string_view event;  // ONCRM…UPDATE
};
constexpr std::array<BuiltIn, 6> kBuiltIn = {{{"lead", 1, "LEAD"},
                                              {"deal", 2, "DEAL"},
                                              {"contact", 3, "CONTACT"},
                                              {"company", 4, "COMPANY"},
                                              {"quote", 7, "QUOTE"},
                                              {"invoice", 31, "SMARTINVOICE"}}};
constexpr std::string_view kDynamic = "dynamic_";

// crm.item's own fields under Recado's names. The rest of them says nothing to customers.
struct OwnField {
  std::string_view theirs;
  std::string_view ours;
  enum class Kind : uint8_t { kText, kDate, kMoment } kind;
};
constexpr std::array<OwnField, 12> kOwnFields = {{{"title", "title", OwnField::Kind::kText},
                                                  {"accountNumber", "number", OwnField::Kind::kText},
                                                  {"closedate", "close_date", OwnField::Kind::kDate},
                                                  {"begindate", "begin_date", OwnField::Kind::kDate},
                                                  {"createdTime", "created", OwnField::Kind::kMoment},
                                                  {"sourceId", "source", OwnField::Kind::kText},
                                                  {"comments", "comments", OwnField::Kind::kText},
                                                  {"name", "first_name", OwnField::Kind::kText},
                                                  {"lastName", "last_name", OwnField::Kind::kText},
                                                  {"companyTitle", "company_title", OwnField::Kind::kText},
                                                  {"typeId", "type", OwnField::Kind::kText},
                                                  {"post", "position", OwnField::Kind::kText}}};

// Texts as they are, numbers as they are written, nothing for the rest.
std::string TextOf(const Json& value) {
  if (value.is_string()) return value.get<std::string>();
  if (value.is_number()) return DumpJson(value);
  return {};
}
std::string TextAt(const Json& json, std::string_view name) {
  if (!json.is_object()) return {};
  const auto found = json.find(std::string(name));
  return found == json.end() ? std::string() : TextOf(*found);
}
// Ids: 0 is the vendor's way to say none.
std::string IdAt(const Json& json, std::string_view name) {
  std::string id = TextAt(json, name);
  return id == "0" ? std::string() : id;
}

std::string Lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return text;
}
std::string Upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

// "2026-12-24T02:00:00+02:00" → the day as its own clock shows it.
std::string DayOf(const std::string& text) {
  const std::string day = text.substr(0, 10);
  return ParseDate(day).ok() ? day : std::string();
}
std::string MomentOf(const std::string& text) {
  const Result<Instant> instant = ParseInstant(text);
  return instant.ok() ? FormatInstant(*instant) : std::string();
}

bool LooksLikeMoment(const Json& value) {
  return value.is_string() && value.get_ref<const std::string&>().size() >= 20 &&
         ParseInstant(value.get_ref<const std::string&>()).ok();
}

std::string AmountOf(const Json& value) {
  const auto amount = Decimal::Parse(TextOf(value), true);
  if (!amount) return {};
  // Two digits where the vendor's number lost them: 999.9 is 999.90.
  const Decimal cents = Decimal::Of(0, 2).value_or(Decimal());
  return amount->Plus(cents).value_or(*amount).ToString();
}

// Money custom fields are written "199.90|EUR".
std::optional<Json> MoneyOf(const Json& value) {
  if (!value.is_string()) return std::nullopt;
  const std::string& text = value.get_ref<const std::string&>();
  const size_t bar = text.find('|');
  if (bar == std::string::npos || text.size() - bar != 4 || !Decimal::Parse(text.substr(0, bar)))
    return std::nullopt;
  return Json{{"amount", text.substr(0, bar)}, {"currency", text.substr(bar + 1)}};
}

Json CustomValue(const Json& value) {
  if (std::optional<Json> money = MoneyOf(value)) return *std::move(money);
  // A date alone is midnight somewhere; the field's type is not known here, so a moment stays a moment.
  if (LooksLikeMoment(value)) return MomentOf(value.get<std::string>());
  return value;
}

void PutCustom(Json& out, const Json& item, const std::map<std::string, std::string>& names) {
  for (const auto& member : item.items()) {
    if (!member.key().starts_with("UF_") && !member.key().starts_with("uf")) continue;
    const Json& value = member.value();
    const bool empty = value.is_null() ||
                       (value.is_string() && value.get_ref<const std::string&>().empty()) ||
                       (value.is_structured() && value.empty()) || (value.is_boolean() && !value.get<bool>());
    if (empty) continue;
    const auto named = names.find(member.key());
    out[named == names.end() ? Lower(member.key()) : named->second] = CustomValue(value);
  }
}

Json Values(const Json& card, std::string_view kind) {
  Json list = Json::array();
  const auto fm = card.find("fm");
  if (fm == card.end() || !fm->is_array()) return list;
  for (const Json& value : *fm) {
    if (TextAt(value, "typeId") != kind) continue;
    Json one = Json::object();
    const std::string type = Lower(TextAt(value, "valueType"));
    if (!type.empty()) one["type"] = type;
    one["value"] = TextAt(value, "value");
    list.push_back(std::move(one));
  }
  return list;
}

void PutText(Json& out, const char* name, const std::string& value) {
  if (!value.empty()) out[name] = value;
}

Json CardOf(const Json& item, bool person, const std::map<std::string, std::string>& names) {
  Json card = Json::object();
  PutText(card, "id", IdAt(item, "id"));
  if (person) {
    PutText(card, "first_name", TextAt(item, "name"));
    PutText(card, "last_name", TextAt(item, "lastName"));
    PutText(card, "position", TextAt(item, "post"));
  } else {
    PutText(card, "name", TextAt(item, "title"));
  }
  card["phones"] = Values(item, "PHONE");
  card["emails"] = Values(item, "EMAIL");
  PutCustom(card, item, names);
  return card;
}

Json UserOf(const Json& user) {
  Json out = Json::object();
  PutText(out, "id", TextAt(user, "ID"));
  std::string name = TextAt(user, "NAME");
  const std::string last = TextAt(user, "LAST_NAME");
  if (!name.empty() && !last.empty()) name += ' ';
  PutText(out, "name", name + last);
  if (const std::string email = TextAt(user, "EMAIL"); !email.empty())
    out["mailboxes"] = Json::array({email});
  return out;
}

// A form's field, or a member of the same call as JSON ("data[FIELDS][ID]" → /data/FIELDS/ID).
class Fields {
 public:
  Fields(std::string_view media_type, std::string_view body) {
    if (media_type == "application/json") {
      if (Result<Json> json = ParseJson(body); json.ok()) json_ = *std::move(json);
    } else {
      form_ = net::FormDecode(body);
    }
  }
  std::string At(const std::vector<std::string>& path) const {
    if (!json_.is_null()) {
      const Json* at = &json_;
      for (const std::string& part : path) {
        if (!at->is_object() || !at->contains(part)) return {};
        at = &(*at)[part];
      }
      return TextOf(*at);
    }
    std::string name;
    for (const std::string& part : path) name += name.empty() ? part : "[" + part + "]";
    const auto found =
        std::find_if(form_.begin(), form_.end(), [&](const auto& f) { return f.first == name; });
    return found == form_.end() ? std::string() : found->second;
  }

 private:
  Json json_;
  net::Fields form_;
};

constexpr int64_t kLastSecond = 253'402'300'799;  // of the year 9999

int NumberOf(const std::string& text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? number : 0;
}

struct Ending {
  std::string_view text;
  Bitrix24Event::What what;
};
constexpr std::array<Ending, 4> kEndings = {{{"ADD", Bitrix24Event::What::kAdded},
                                             {"UPDATE", Bitrix24Event::What::kUpdated},
                                             {"MOVETOCATEGORY", Bitrix24Event::What::kUpdated},
                                             {"DELETE", Bitrix24Event::What::kDeleted}}};

std::string_view FieldTypeOf(const std::string& theirs) {
  if (theirs == "integer" || theirs == "int") return "integer";
  if (theirs == "double") return "decimal";
  if (theirs == "money") return "money";
  if (theirs == "date") return "date";
  if (theirs == "datetime") return "datetime";
  if (theirs == "boolean" || theirs == "char") return "boolean";
  if (theirs == "file") return "file";
  return "text";
}

Json StagesOf(const Json& rows) {
  Json stages = Json::array();
  for (const Json& row : rows) {
    const std::string id = TextAt(row, "STATUS_ID");
    if (id.empty()) continue;
    std::string semantics = TextAt(row, "SEMANTICS");
    if (const auto extra = row.find("EXTRA"); semantics.empty() && extra != row.end()) {
      semantics = TextAt(*extra, "SEMANTICS");
    }
    const char* kind = semantics == "S" || semantics == "success"                             ? "won"
                       : semantics == "F" || semantics == "failure" || semantics == "apology" ? "lost"
                                                                                              : "open";
    stages.push_back({{"id", id}, {"name", TextAt(row, "NAME")}, {"kind", kind}});
  }
  return stages;
}

}  // namespace

std::optional<int> Bitrix24Type(std::string_view entity, const std::map<std::string, std::string>& types) {
  for (const BuiltIn& one : kBuiltIn) {
    if (one.entity == entity) return one.type;
  }
  for (const auto& [type, name] : types) {
    if (name == entity) return NumberOf(type);
  }
  if (!entity.starts_with(kDynamic)) return std::nullopt;
  const int type = NumberOf(std::string(entity.substr(kDynamic.size())));
  return type > 0 ? std::optional<int>(type) : std::nullopt;
}

std::string Bitrix24Entity(int type, const std::map<std::string, std::string>& types) {
  for (const BuiltIn& one : kBuiltIn) {
    if (one.type == type) return std::string(one.entity);
  }
  const auto named = types.find(std::to_string(type));
  return named == types.end() ? std::string(kDynamic) + std::to_string(type) : named->second;
}

std::string Bitrix24Token(std::string_view media_type, std::string_view body) {
  return Fields(media_type, body).At({"auth", "application_token"});
}

Bitrix24Event ReadBitrix24Event(std::string_view media_type, std::string_view body) {
  const Fields fields(media_type, body);
  Bitrix24Event event;
  event.name = Upper(fields.At({"event"}));
  event.id = fields.At({"data", "FIELDS", "ID"});
  if (NumberOf(event.id) <= 0) event.id.clear();
  const std::string ts = fields.At({"ts"});
  std::from_chars(ts.data(), ts.data() + ts.size(), event.ts);
  if (event.ts < 0 || event.ts > kLastSecond) event.ts = 0;
  std::string_view name = event.name;
  if (!name.starts_with("ONCRM")) return event;
  name.remove_prefix(5);
  if (name.starts_with("DYNAMICITEM")) {
    name.remove_prefix(11);
    event.type = NumberOf(fields.At({"data", "FIELDS", "ENTITY_TYPE_ID"}));
  } else {
    for (const BuiltIn& one : kBuiltIn) {
      if (!name.starts_with(one.event)) continue;
      event.type = one.type;
      name.remove_prefix(one.event.size());
      break;
    }
  }
  for (const Ending& ending : kEndings) {
    // "ADD", and with a custom type's number behind it "ADD_128".
    const bool fits = name == ending.text || name.starts_with(std::string(ending.text) + "_");
    if (fits && event.type > 0) event.what = ending.what;
  }
  return event;
}

Bitrix24People PeopleOf(const Json& item) {
  Bitrix24People people;
  if (const auto ids = item.find("contactIds"); ids != item.end() && ids->is_array()) {
    for (const Json& id : *ids) {
      if (std::string text = TextOf(id); !text.empty() && text != "0")
        people.contacts.push_back(std::move(text));
    }
  }
  // The primary contact is the first of the list, wherever it stands there.
  const std::string primary = IdAt(item, "contactId");
  const auto found = std::find(people.contacts.begin(), people.contacts.end(), primary);
  if (found != people.contacts.end()) {
    std::rotate(people.contacts.begin(), found, found + 1);
  } else if (!primary.empty()) {
    people.contacts.insert(people.contacts.begin(), primary);
  }
  people.company = IdAt(item, "companyId");
  people.responsible = IdAt(item, "assignedById");
  return people;
}

Json SnapshotOfBitrix24(const std::string& entity, const Bitrix24Parts& parts,
                        const std::map<std::string, std::string>& fields) {
  Json snapshot = Json::object();
  Json& item = snapshot[entity] = Json::object();
  item["id"] = IdAt(parts.item, "id");
  for (const OwnField& field : kOwnFields) {
    const std::string value = TextAt(parts.item, field.theirs);
    const std::string ours = field.kind == OwnField::Kind::kDate     ? DayOf(value)
                             : field.kind == OwnField::Kind::kMoment ? MomentOf(value)
                                                                     : value;
    PutText(item, field.ours.data(), ours);
  }
  PutText(item, "pipeline", TextAt(parts.item, "categoryId"));
  PutText(item, "stage", TextAt(parts.item, "stageId"));
  const std::string currency = TextAt(parts.item, "currencyId");
  const auto opportunity = parts.item.find("opportunity");
  const std::string amount = opportunity == parts.item.end() ? std::string() : AmountOf(*opportunity);
  if (!amount.empty() && !currency.empty()) item["amount"] = Json{{"amount", amount}, {"currency", currency}};
  if (parts.item.contains("fm")) {
    item["phones"] = Values(parts.item, "PHONE");
    item["emails"] = Values(parts.item, "EMAIL");
  }
  PutCustom(item, parts.item, fields);
  Json& contacts = snapshot["contacts"] = Json::array();
  for (const Json& contact : parts.contacts) contacts.push_back(CardOf(contact, true, fields));
  if (parts.company.is_object()) snapshot["company"] = CardOf(parts.company, false, fields);
  if (parts.user.is_object()) snapshot["responsible"] = UserOf(parts.user);
  return snapshot;
}

std::optional<Bitrix24Move> LastMoveOf(const Json& item) {
  const Result<Instant> at = ParseInstant(TextAt(item, "movedTime"));
  if (!at.ok()) return std::nullopt;
  return Bitrix24Move{TextAt(item, "previousStageId"), *at};
}

Json SchemaOfBitrix24(const std::vector<Bitrix24Model>& models,
                      const std::map<std::string, std::string>& fields) {
  Json entities = Json::array();
  for (const Bitrix24Model& model : models) {
    Json pipelines = Json::array();
    for (const Json& category : model.categories) {
      const std::string id = TextAt(category, "id");
      const auto stages = model.stages.find(id);
      pipelines.push_back(
          {{"id", id},
           {"name", TextAt(category, "name")},
           {"stages", stages == model.stages.end() ? Json::array() : StagesOf(stages->second)}});
    }
    if (const auto alone = model.stages.find(""); alone != model.stages.end()) {
      pipelines.push_back({{"id", "0"}, {"name", model.title}, {"stages", StagesOf(alone->second)}});
    }
    Json list = Json::array();
    const auto add = [&list](std::string name, std::string_view type, std::string title) {
      Json field = {{"name", std::move(name)}, {"type", type}};
      if (!title.empty()) field["title"] = std::move(title);
      list.push_back(std::move(field));
    };
    for (const OwnField& own : kOwnFields) {
      add(std::string(own.ours),
          own.kind == OwnField::Kind::kDate     ? "date"
          : own.kind == OwnField::Kind::kMoment ? "datetime"
                                                : "text",
          "");
    }
    add("amount", "money", "");
    for (const auto& field : model.fields.items()) {
      // Custom fields: their original name is in `upperName`.
      const std::string upper = TextAt(field.value(), "upperName");
      const std::string theirs = upper.empty() ? field.key() : upper;
      if (!theirs.starts_with("UF_")) continue;
      const auto named = fields.find(theirs);
      const auto multiple = field.value().find("isMultiple");
      const bool several = multiple != field.value().end() && multiple->is_boolean() && multiple->get<bool>();
      add(named == fields.end() ? Lower(theirs) : named->second,
          several ? std::string_view("list") : FieldTypeOf(TextAt(field.value(), "type")),
          TextAt(field.value(), "title"));
    }
    entities.push_back({{"code", model.entity},
                        {"name", model.title},
                        {"pipelines", std::move(pipelines)},
                        {"fields", std::move(list)}});
  }
  return {{"entities", std::move(entities)}};
}

}  // namespace recado::directory
