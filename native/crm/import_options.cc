#include "native/crm/import_options.h"

#include <algorithm>

#include "core/base/decimal.h"
#include "core/base/utf8.h"
#include "core/crm/snapshot.h"
#include "core/phone/number.h"
#include "core/text/time_zone.h"

namespace recado::directory {
namespace {

constexpr size_t kMaxShownBytes = 100;  // of a value in a report
constexpr size_t kMaxRecordId = 100;

Diagnostic NotAllowed(const std::string& name, std::string value, std::string allowed) {
  return Diagnostic::Of(DiagnosticCode::invalid_value)
      .At("/" + name)
      .With("value", std::move(value))
      .With("what", "\"" + name + "\"")
      .With("allowed", std::move(allowed));
}

// Reads the members of the options one after the other.
class OptionReader {
 public:
  OptionReader(const Json& json, Diagnostics& faults) : json_(json), faults_(faults) {}

  std::optional<std::string> Text(const char* name) {
    const auto found = json_.find(name);
    if (found == json_.end() || found->is_null()) return std::nullopt;
    if (found->is_string()) return found->get<std::string>();
    Wrong(name, "a text", *found);
    return std::nullopt;
  }
  bool Flag(const char* name) {
    const auto found = json_.find(name);
    if (found == json_.end() || found->is_null()) return false;
    if (!found->is_boolean()) Wrong(name, "true or false", *found);
    return found->is_boolean() && found->get<bool>();
  }
  void Columns(std::vector<std::pair<std::string, std::string>>& columns) {
    const auto found = json_.find("columns");
    if (found == json_.end() || found->is_null()) return;
    if (!found->is_object()) return Wrong("columns", "an object", *found);
    for (const auto& column : found->items()) {
      if (column.value().is_string()) {
        columns.emplace_back(column.key(), column.value().get<std::string>());
      } else if (column.value().is_null()) {
        columns.emplace_back(column.key(), "");
      } else {
        Wrong("columns", "a field's name or null", column.value());
      }
    }
  }
  void Refuse(const char* name, const std::string& value, const char* allowed) {
    faults_.push_back(NotAllowed(name, value, allowed));
  }

 private:
  void Wrong(const char* name, std::string expected, const Json& actual) {
    faults_.push_back(Diagnostic::Of(DiagnosticCode::wrong_type)
                          .At("/" + std::string(name))
                          .With("what", "\"" + std::string(name) + "\"")
                          .With("expected", std::move(expected))
                          .With("actual", std::string(TypeWord(actual))));
  }
  const Json& json_;
  Diagnostics& faults_;
};

void ReadSpelling(OptionReader& in, Spelling& spelling) {
  if (const auto locale = in.Text("locale")) {
    const std::string zone = spelling.time_zone;
    if (const auto known = SpellingOf(*locale)) {
      spelling = *known;
      spelling.time_zone = zone;
    } else {
      in.Refuse("locale", *locale, "en, en-US, en-GB, de, es, fr, it, pl, pt, ru, tr, uk");
    }
  }
  if (const auto decimal = in.Text("decimal")) {
    if (*decimal == "." || *decimal == ",") {
      spelling.decimal = decimal->front();
    } else {
      in.Refuse("decimal", *decimal, ". or ,");
    }
  }
  if (const auto date = in.Text("date")) {
    IsDateForm(*date)
        ? void(spelling.date = *date)
        : in.Refuse("date", *date, "YYYY-MM-DD, DD.MM.YYYY, DD/MM/YYYY, MM/DD/YYYY, DD-MM-YYYY");
  }
  if (const auto zone = in.Text("time_zone")) {
    text::ZoneExists(*zone) ? void(spelling.time_zone = *zone)
                            : in.Refuse("time_zone", *zone, "a zone like Europe/Berlin");
  }
}

// One row being made into a snapshot.
class RowBuilder {
 public:
  RowBuilder(const ImportOptions& options, std::vector<RowFault>& faults)
      : options_(options), faults_(faults) {}

  void Take(const Column& column, std::string_view value) {
    const Target& target = *column.target;
    if (target.scope == Scope::kItem) {
      Item(column, value);
    } else if (target.scope == Scope::kContact) {
      Card(contact_, column, value);
    } else if (target.scope == Scope::kCompany) {
      Card(company_, column, value);
    } else if (target.field == "mailbox") {
      responsible_["mailboxes"].push_back(std::string(value));
    } else {
      responsible_[target.field] = std::string(value);
    }
  }

  Json Finish() {
    Json json = Json::object();
    Money();
    json[options_.entity] = std::move(item_);
    if (!contact_.empty()) json["contacts"] = Json::array({std::move(contact_)});
    if (!company_.empty()) json["company"] = std::move(company_);
    if (!responsible_.empty()) json["responsible"] = std::move(responsible_);
    return json;
  }

  bool failed() const { return failed_; }

 private:
  void Fault(const Column& column, std::string_view value, Diagnostic diagnostic) {
    failed_ = failed_ || diagnostic.severity == Severity::kError;
    faults_.push_back({column.name, std::string(value.substr(0, kMaxShownBytes)), std::move(diagnostic)});
  }

  void Item(const Column& column, std::string_view value) {
    const std::string& field = column.target->field;
    if (field == "currency") {
      currency_ = value;
      return;
    }
    switch (column.type) {
      case crm::FieldType::kMoney:
      case crm::FieldType::kDecimal:
      case crm::FieldType::kInteger:
        return Number(column, value);
      case crm::FieldType::kDate:
      case crm::FieldType::kDateTime:
        return Date(column, value);
      case crm::FieldType::kBoolean:
        if (const auto yes = ReadYesNo(value)) {
          item_[field] = *yes;
        } else {
          Fault(column, value, NotAllowed(field, std::string(value), "yes, no"));
        }
        return;
      case crm::FieldType::kText:
      case crm::FieldType::kFile:
      case crm::FieldType::kList:
        item_[field] = std::string(value);
    }
  }

  void Number(const Column& column, std::string_view value) {
    const std::string& field = column.target->field;
    const auto number = ReadNumber(value, options_.spelling);
    const bool whole = column.type == crm::FieldType::kInteger;
    const auto decimal = number ? Decimal::Parse(*number) : std::nullopt;
    const auto integer = decimal ? decimal->ToInt64() : std::nullopt;
    if (!decimal || (whole && !integer)) {
      const char* example = whole ? "12" : options_.spelling.decimal == ',' ? "1.234,50" : "1,234.50";
      return Fault(column, value,
                   Diagnostic::Of(DiagnosticCode::import_number)
                       .With("value", std::string(value.substr(0, kMaxShownBytes)))
                       .With("example", example));
    }
    if (whole) {
      item_[field] = *integer;
    } else if (column.type == crm::FieldType::kDecimal) {
      item_[field] = *number;
    } else {
      item_[field] = Json{{"amount", *number}, {"currency", ""}};
      amounts_.push_back(&column);
    }
  }

  void Date(const Column& column, std::string_view value) {
    const bool day = column.type == crm::FieldType::kDate;
    const auto read = day ? ReadDate(value, options_.spelling) : ReadDateTime(value, options_.spelling);
    if (read) {
      item_[column.target->field] = *read;
      return;
    }
    Fault(column, value,
          Diagnostic::Of(DiagnosticCode::import_date)
              .With("value", std::string(value.substr(0, kMaxShownBytes)))
              .With("example", options_.spelling.date + (day ? "" : " 14:30")));
  }

  void Card(Json& card, const Column& column, std::string_view value) {
    const Target& target = *column.target;
    if (target.field == "phone") {
      std::optional<std::string> number = phone::ToE164(value, options_.region);
      if (!number) {
        Fault(column, value,
              Diagnostic::Of(DiagnosticCode::import_phone)
                  .With("value", std::string(value.substr(0, kMaxShownBytes))));
      }
      card["phones"].push_back(Typed(target.type, number ? *number : std::string(value)));
    } else if (target.field == "email") {
      card["emails"].push_back(Typed(target.type, std::string(value)));
    } else if (target.field == "consent.marketing") {
      if (const auto yes = ReadYesNo(value)) {
        card["consent"]["marketing"] = *yes;
      } else {
        Fault(column, value, NotAllowed(target.field, std::string(value), "yes, no"));
      }
    } else {
      card[target.field] = std::string(value);
    }
  }

  static Json Typed(const std::string& type, std::string value) {
    Json json = Json::object();
    if (!type.empty()) json["type"] = type;
    json["value"] = std::move(value);
    return json;
  }

  // The currency may stand behind its amount.
  void Money() {
    const std::string& currency = currency_.empty() ? options_.currency : currency_;
    for (const Column* column : amounts_) {
      if (currency.empty()) {
        Fault(*column, "", Diagnostic::Of(DiagnosticCode::missing_member).With("what", "The currency"));
      }
      item_[column->target->field]["currency"] = currency;
    }
  }

  const ImportOptions& options_;
  std::vector<RowFault>& faults_;
  Json item_ = Json::object();
  Json contact_ = Json::object();
  Json company_ = Json::object();
  Json responsible_ = Json::object();
  std::string currency_;
  std::vector<const Column*> amounts_;
  bool failed_ = false;
};

void RowIsFaulty(std::vector<RowFault>& faults, Diagnostic diagnostic, std::string_view value = {}) {
  faults.push_back({"", std::string(value.substr(0, kMaxShownBytes)), std::move(diagnostic)});
}

}  // namespace

bool IsRecordId(std::string_view id) {
  const auto fine = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != 0x7F && c != '/'; };
  return !id.empty() && id.size() <= kMaxRecordId && std::all_of(id.begin(), id.end(), fine);
}

Result<ImportOptions> ImportOptions::FromJson(const Json& json) {
  Diagnostics faults;
  ImportOptions options;
  OptionReader in(json, faults);
  if (const auto format = in.Text("format")) {
    options.format = *format == "csv"      ? ImportFormat::kCsv
                     : *format == "ndjson" ? ImportFormat::kNdjson
                                           : ImportFormat::kGuess;
    if (options.format == ImportFormat::kGuess) in.Refuse("format", *format, "csv, ndjson");
  }
  options.entity = in.Text("entity").value_or(options.entity);
  if (!IsRecordId(options.entity)) in.Refuse("entity", options.entity, "deal, lead, …");
  if (const auto delimiter = in.Text("delimiter")) {
    const std::string& text = *delimiter == "tab" ? std::string("\t") : *delimiter;
    text == "," || text == ";" || text == "\t" ? void(options.delimiter = text.front())
                                               : in.Refuse("delimiter", *delimiter, ", ; tab");
  }
  if (const auto encoding = in.Text("encoding")) {
    options.windows_1252 = *encoding == "windows-1252";
    if (!options.windows_1252 && *encoding != "utf-8")
      in.Refuse("encoding", *encoding, "utf-8, windows-1252");
  }
  ReadSpelling(in, options.spelling);
  options.region = in.Text("region").value_or("");
  options.currency = in.Text("currency").value_or("");
  in.Columns(options.columns);
  options.fire_events = in.Flag("fire_events");
  if (!faults.empty()) return faults;
  return options;
}

Json ImportOptions::ToJson() const {
  Json json = Json::object();
  if (format != ImportFormat::kGuess) json["format"] = format == ImportFormat::kCsv ? "csv" : "ndjson";
  json["entity"] = entity;
  if (delimiter != 0) json["delimiter"] = std::string(1, delimiter);
  json["encoding"] = windows_1252 ? "windows-1252" : "utf-8";
  json["decimal"] = std::string(1, spelling.decimal);
  json["date"] = spelling.date;
  json["time_zone"] = spelling.time_zone;
  json["region"] = region;
  json["currency"] = currency;
  if (!columns.empty()) {
    Json& map = json["columns"] = Json::object();
    for (const auto& [column, field] : columns) map[column] = field.empty() ? Json() : Json(field);
  }
  json["fire_events"] = fire_events;
  return json;
}

std::optional<Json> SnapshotOfRow(const CsvRow& row, const std::vector<Column>& columns,
                                  const ImportOptions& options, std::vector<RowFault>& faults) {
  if (row.count != columns.size()) {
    RowIsFaulty(faults, Diagnostic::Of(DiagnosticCode::import_columns)
                            .With("actual", std::to_string(row.count))
                            .With("expected", std::to_string(columns.size())));
    return std::nullopt;
  }
  RowBuilder builder(options, faults);
  std::string converted;
  for (size_t i = 0; i < columns.size(); ++i) {
    if (!columns[i].target) continue;
    std::string_view value = row.values[i];
    if (options.windows_1252) value = converted = FromWindows1252(value);
    value = Trimmed(value);
    if (!value.empty()) builder.Take(columns[i], value);
  }
  Json json = builder.Finish();
  if (builder.failed()) return std::nullopt;
  const auto id = json[options.entity].find("id");
  if (id == json[options.entity].end()) {
    RowIsFaulty(faults, Diagnostic::Of(DiagnosticCode::missing_member).With("what", "The id"));
    return std::nullopt;
  }
  if (!IsRecordId(id->get_ref<const std::string&>())) {
    RowIsFaulty(faults, NotAllowed("id", id->get<std::string>(), "1 – 100 characters without \"/\""));
    return std::nullopt;
  }
  return json;
}

Json MergedSnapshot(Json before, const Json& said, const std::string& entity) {
  Json& item = before[entity];
  if (!item.is_object()) item = Json::object();
  for (const auto& member : said[entity].items()) item[member.key()] = member.value();
  for (const char* name : {"contacts", "company", "responsible"}) {
    if (said.contains(name)) before[name] = said[name];
  }
  return before;
}

std::optional<LineRecord> RecordOfLine(std::string_view line, const ImportOptions& options,
                                       std::vector<RowFault>& faults) {
  Result<Json> json = ParseJson(line);
  if (!json.ok()) {
    for (Diagnostic& fault : json.TakeError()) RowIsFaulty(faults, std::move(fault), line);
    return std::nullopt;
  }
  LineRecord record;
  // A record as the API lists them carries its snapshot inside.
  const bool listed = json->is_object() && json->contains("snapshot") && (*json)["snapshot"].is_object() &&
                      json->contains("entity") && (*json)["entity"].is_string();
  if (listed) record.entity = (*json)["entity"].get<std::string>();
  if (!listed && json->is_object() && json->contains(options.entity)) record.entity = options.entity;
  record.snapshot = listed ? Json((*json)["snapshot"]) : *std::move(json);
  Diagnostics remarks;
  const Result<crm::Snapshot> snapshot = crm::ParseSnapshot(record.snapshot, record.entity, remarks);
  if (!snapshot.ok()) {
    for (const Diagnostic& fault : snapshot.error()) RowIsFaulty(faults, fault);
    return std::nullopt;
  }
  record.entity = snapshot->entity;
  record.id = snapshot->entity_id;
  if (record.id.empty() || !IsRecordId(record.id)) {
    RowIsFaulty(faults, record.id.empty()
                            ? Diagnostic::Of(DiagnosticCode::missing_member).With("what", "The id")
                            : NotAllowed("id", record.id, "1 – 100 characters without \"/\""));
    return std::nullopt;
  }
  return record;
}

}  // namespace recado::directory
