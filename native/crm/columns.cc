#include "native/crm/columns.h"

#include <algorithm>
#include <array>

#include "core/text/transliterate.h"

namespace recado::directory {
namespace {

constexpr size_t kMaxFieldBytes = 100;

// What tables call things, plain letters only (see Plain), each list beginning with English.
struct Synonyms {
  std::string_view field;
  std::string_view names;  // with a blank before and behind each
};
constexpr std::array<Synonyms, 24> kSynonyms = {{
    {"id", " id record_id deal_id lead_id order_id external_id kennung identificador identyfikator codigo "},
    {"title", " title deal deal_name deal_title subject titel betreff titulo tytul asunto assunto "},
    {"number",
     " number no nr order_number order_no nummer auftragsnummer bestellnummer numero numer "
     "numero_de_pedido numer_zamowienia "},
    {"amount",
     " amount sum total value price opportunity betrag summe wert importe monto kwota wartosc valor "
     "total_amount "},
    {"currency", " currency currency_code waehrung wahrung moneda divisa waluta moeda "},
    {"pipeline", " pipeline funnel category vertriebsprozess embudo lejek funil "},
    {"stage", " stage status phase etapa fase etap deal_stage "},
    {"tracking_number",
     " tracking_number tracking sendungsnummer numero_de_seguimiento numer_przesylki "
     "codigo_de_rastreio "},
    {"tracking_url", " tracking_url tracking_link sendungslink "},
    {"delivery_date", " delivery_date lieferdatum fecha_de_entrega data_dostawy data_de_entrega "},
    {"close_date",
     " close_date closing_date abschlussdatum fecha_de_cierre data_zamkniecia "
     "data_de_fechamento "},
    {"contact.id", " contact_id customer_id client_id kunden_id kundennummer id_cliente id_klienta "},
    {"contact.name",
     " contact customer client full_name name kunde ansprechpartner cliente klient contato "
     "nombre_completo nome_completo "},
    {"contact.first_name", " first_name firstname given_name vorname nombre imie nome primeiro_nome "},
    {"contact.last_name",
     " last_name lastname surname family_name nachname familienname apellido apellidos "
     "nazwisko sobrenome "},
    {"contact.phone.mobile",
     " mobile mobile_phone cell cell_phone cellphone handy mobil mobilnummer "
     "mobiltelefon movil celular komorka telefon_komorkowy whatsapp "},
    {"contact.phone.work",
     " work_phone business_phone phone_work telefon_geschaeftlich telefon_sluzbowy "
     "telefono_trabajo telefone_comercial "},
    {"contact.phone.home", " home_phone phone_home telefon_privat telefono_casa "},
    {"contact.phone",
     " phone phone_number telephone tel telefon telefonnummer telefono numer_telefonu "
     "telefone fone rufnummer "},
    {"contact.email",
     " email e_mail mail email_address e_mail_adresse correo correo_electronico "
     "adres_e_mail "},
    {"contact.language", " language lang sprache idioma jezyk "},
    {"contact.time_zone", " time_zone timezone zeitzone zona_horaria strefa_czasowa fuso_horario "},
    {"company.name", " company company_name organization organisation firma unternehmen empresa compania "},
    {"responsible.name",
     " responsible owner sales_rep verantwortlich betreuer vendedor opiekun responsavel "},
}};

constexpr std::array<std::string_view, 7> kTypes = {"work",  "mobile",  "home", "fax",
                                                    "pager", "mailing", "other"};

// "Straße / Nr." → "strasse_nr".
std::string Plain(std::string_view name) {
  std::string out;
  for (const char c : text::ToLatin(name, "de")) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (letter) {
      out += c;
    } else if (c >= 'A' && c <= 'Z') {
      out += static_cast<char>(c - 'A' + 'a');
    } else if (!out.empty() && out.back() != '_') {
      out += '_';
    }
  }
  while (out.ends_with('_')) out.pop_back();
  return out;
}

bool IsFieldName(std::string_view name) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  };
  return !name.empty() && name.size() <= kMaxFieldBytes && std::all_of(name.begin(), name.end(), fits);
}

std::string_view ScopeName(Scope scope) {
  switch (scope) {
    case Scope::kItem:
      break;
    case Scope::kContact:
      return "contact";
    case Scope::kCompany:
      return "company";
    case Scope::kResponsible:
      return "responsible";
  }
  return "";
}

// The part up to the first dot, which is taken off.
std::string_view TakePart(std::string_view& rest) {
  const size_t dot = rest.find('.');
  const std::string_view part = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return part;
}

crm::FieldType TypeOf(const Target& target, const crm::Entity* entity) {
  if (target.scope != Scope::kItem || entity == nullptr) return crm::FieldType::kText;
  if (target.field == "currency" || target.field == "id") return crm::FieldType::kText;
  for (const crm::Field& field : entity->fields) {
    if (field.name == target.field) return field.type;
  }
  return crm::FieldType::kText;
}

}  // namespace

std::string Target::Dump() const {
  std::string out(ScopeName(scope));
  if (!out.empty()) out += '.';
  out += field;
  if (!type.empty()) out += "." + type;
  return out;
}

Result<Target> ParseTarget(std::string_view name, std::string_view entity) {
  const Diagnostics refused = {
      Diagnostic::Of(DiagnosticCode::invalid_value)
          .With("value", std::string(name))
          .With("what", "a field")
          .With("allowed", "title, contact.first_name, contact.phone.mobile, company.name, …")};
  Target target;
  std::string_view rest = name;
  for (const Scope scope : {Scope::kContact, Scope::kCompany, Scope::kResponsible}) {
    const std::string prefix = std::string(ScopeName(scope)) + ".";
    if (!rest.starts_with(prefix)) continue;
    target.scope = scope;
    rest.remove_prefix(prefix.size());
    break;
  }
  if (target.scope == Scope::kItem && rest.starts_with(std::string(entity) + "."))
    rest.remove_prefix(entity.size() + 1);
  if (rest == "consent.marketing" && target.scope == Scope::kContact) {
    target.field = rest;
    return target;
  }
  target.field = TakePart(rest);
  const bool typed = (target.field == "phone" || target.field == "email") &&
                     target.scope != Scope::kResponsible && target.scope != Scope::kItem;
  if (!IsFieldName(target.field)) return refused;
  if (rest.empty()) return target;
  if (!typed || std::find(kTypes.begin(), kTypes.end(), rest) == kTypes.end()) return refused;
  target.type = rest;
  return target;
}

std::optional<Target> GuessTarget(std::string_view column, const crm::Entity* entity) {
  const std::string plain = Plain(column);
  const std::string_view code = entity == nullptr ? std::string_view() : std::string_view(entity->code);
  if (plain.empty()) return std::nullopt;
  if (entity != nullptr) {
    for (const crm::Field& field : entity->fields) {
      if (Plain(field.name) == plain || (!field.title.empty() && Plain(field.title) == plain)) {
        return Target{.scope = Scope::kItem, .field = field.name, .type = {}};
      }
    }
  }
  const std::string wanted = " " + plain + " ";
  for (const Synonyms& synonyms : kSynonyms) {
    if (synonyms.names.find(wanted) == std::string_view::npos) continue;
    Result<Target> target = ParseTarget(synonyms.field, code);
    if (target.ok()) return *std::move(target);
  }
  // "contact.first_name" as a column's name says it itself.
  if (column.find('.') != std::string_view::npos) {
    Result<Target> target = ParseTarget(column, code);
    if (target.ok()) return *std::move(target);
  }
  return std::nullopt;
}

Result<std::vector<Column>> MapColumns(const std::vector<std::string>& header,
                                       const std::vector<std::pair<std::string, std::string>>& given,
                                       std::string_view entity_code, const crm::Entity* entity) {
  Diagnostics faults;
  std::vector<Column> columns;
  for (const std::string& name : header) {
    Column column{.name = name, .target = GuessTarget(name, entity)};
    column.guessed = column.target.has_value();
    // Two columns of the same meaning: the second is no better guess, unless there may be several.
    const bool several =
        column.guessed && (column.target->field == "phone" || column.target->field == "email");
    const bool taken = std::any_of(columns.begin(), columns.end(),
                                   [&](const Column& other) { return other.target == column.target; });
    if (column.guessed && taken && !several) {
      column.target.reset();
      column.guessed = false;
    }
    columns.push_back(std::move(column));
  }
  for (const auto& entry : given) {
    const std::string& name = entry.first;
    const std::string& field = entry.second;
    const auto column =
        std::find_if(columns.begin(), columns.end(), [&](const Column& c) { return c.name == name; });
    if (column == columns.end()) {
      faults.push_back(Diagnostic::Of(DiagnosticCode::import_unknown_column)
                           .At(Child("/columns", name))
                           .With("name", name));
      continue;
    }
    column->guessed = false;
    column->target.reset();
    if (field.empty()) continue;
    Result<Target> target = ParseTarget(field, entity_code);
    if (target.ok()) {
      column->target = *std::move(target);
    } else {
      for (Diagnostic& fault : target.TakeError())
        faults.push_back(std::move(fault).At(Child("/columns", name)));
    }
  }
  bool has_id = false;
  for (Column& column : columns) {
    if (!column.target) continue;
    column.type = TypeOf(*column.target, entity);
    has_id = has_id || (column.target->scope == Scope::kItem && column.target->field == "id");
  }
  if (!has_id) faults.push_back(Diagnostic::Of(DiagnosticCode::import_no_column).With("name", "id"));
  if (!faults.empty()) return faults;
  return columns;
}

}  // namespace recado::directory
