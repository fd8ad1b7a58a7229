#include "core/crm/bitrix24_names.h"

#include <algorithm>
#include <string>
#include <vector>

namespace recado::crm {
namespace {

using liquid::Type;
using liquid::bitrix24::Field;
using liquid::bitrix24::Names;
using BitrixKind = liquid::bitrix24::Kind;

// Whose field a row is. The codes of a related entity's fields have its name before them: CONTACT.NAME.
enum class Owner : uint8_t { kItem, kLead, kContact, kCompany };

struct Row {
  Owner owner;
  std::string_view codes;    // "A|B"
  std::string_view member;   // of the owner's variable; with a * before it, a whole path
  std::string_view filters;  // behind it
  std::string_view titles;   // "English|…": all languages together
};

constexpr std::string_view kJoined = R"( | map: "value" | join: ", ")";

// Codes: the public REST documentation's field lists (crm.deal.fields, crm.lead.fields, crm.contact.fields,
// crm.company.fields, crm.quote.fields, crm.item.fields of invoices); the multi-value fields and their types
// are those of its "data types" page; PHONE_PRINTABLE is the one-string form that authors use for a list of
// phones; `Entity: Field` titles are how the rule editor shows related fields.
constexpr Row kRows[] = {
    {Owner::kItem, "ID", "id", "", "ID"},
    {Owner::kItem, "TITLE|ORDER_TOPIC", "title", "",
     "Title|Name|Deal name|Lead name|Invoice name|Quote name|Titel|Bezeichnung|Auftragsname|Título|Nombre|"
     "Nombre de la negociación|Nombre del negocio|Tytuł|Nazwa|Nazwa deala|Nome|Nome do negócio"},
    {Owner::kItem, "STAGE_ID|STATUS_ID|STAGE_ID_PRINTABLE|STATUS_ID_PRINTABLE", "stage", "",
     "Stage|Status|Deal stage|Phase|Auftragsphase|Etapa|Estado|Etap|Fase"},
    {Owner::kItem, "CATEGORY_ID|CATEGORY_ID_PRINTABLE", "pipeline", "",
     "Pipeline|Deal pipeline|Embudo|Lejek|Funil"},
    {Owner::kItem, "OPPORTUNITY|PRICE", "amount", "",
     "Amount|Total|Total "
     "amount|Betrag|Summe|Gesamtbetrag|Importe|Monto|Cantidad|Kwota|Suma|Valor|Montante|Quantia"},
    {Owner::kItem, "CURRENCY_ID|CURRENCY", "amount.currency", "", "Currency|Währung|Moneda|Waluta|Moeda"},
    {Owner::kItem, "CLOSEDATE", "close_date", "",
     "Close date|End date|Expected close date|Abschlussdatum|Enddatum|Fecha de cierre|Fecha de finalización|"
     "Data zamknięcia|Data zakończenia|Data de fechamento|Data de conclusão"},
    {Owner::kItem, "ACCOUNT_NUMBER|QUOTE_NUMBER", "number", "",
     "Number|Order number|Invoice number|Quote "
     "number|Nummer|Bestellnummer|Rechnungsnummer|Angebotsnummer|Número|"
     "Número de pedido|Número de factura|Numer|Numer zamówienia|Numer faktury|Número do pedido|Número da "
     "fatura"},
    {Owner::kItem, "TRACKING_NUMBER", "tracking_number", "",
     "Tracking number|Sendungsnummer|Trackingnummer|Número de seguimiento|Numer przesyłki|Numer śledzenia|"
     "Número de rastreamento|Código de rastreamento"},
    {Owner::kItem, "TRACKING_URL", "tracking_url", "",
     "Tracking link|Tracking URL|Sendungsverfolgung|Enlace de seguimiento|Link do śledzenia|Link de "
     "rastreamento"},
    {Owner::kItem, "DELIVERY_DATE", "delivery_date", "",
     "Delivery date|Lieferdatum|Fecha de entrega|Data dostawy|Data de entrega"},
    {Owner::kItem, "ASSIGNED_BY|ASSIGNED_BY_ID|ASSIGNED_BY_PRINTABLE|ASSIGNED_BY_ID_PRINTABLE|RESPONSIBLE_ID",
     "*responsible.name", "",
     "Responsible|Responsible person|Verantwortlich|Verantwortliche Person|Responsable|Persona responsable|"
     "Odpowiedzialny|Osoba odpowiedzialna|Responsável|Pessoa responsável"},
    {Owner::kItem, "CONTACT_ID", "*contact.id", "", ""},
    {Owner::kItem, "COMPANY_ID", "*company.id", "", ""},
    // A lead has a name of its own.
    {Owner::kLead, "NAME", "first_name", "", "First name|Vorname|Nombre|Imię|Nome"},
    {Owner::kLead, "LAST_NAME", "last_name", "", "Last name|Nachname|Apellido|Apellidos|Nazwisko|Sobrenome"},
    {Owner::kLead, "COMPANY_TITLE", "*company.name", "",
     "Company name|Unternehmensname|Firmenname|Nombre de la compañía|Nazwa firmy|Nome da empresa"},
    {Owner::kContact, "ID", "id", "", "ID"},
    {Owner::kContact, "NAME", "first_name", "", "First name|Name|Vorname|Nombre|Imię|Nome"},
    {Owner::kContact, "LAST_NAME", "last_name", "",
     "Last name|Surname|Nachname|Familienname|Apellido|Apellidos|Nazwisko|Sobrenome|Apelido"},
    {Owner::kCompany, "ID", "id", "", "ID"},
    {Owner::kCompany, "TITLE", "name", "",
     "Company name|Name|Title|Unternehmensname|Firmenname|Nombre de la compañía|Nombre de la empresa|Nombre|"
     "Nazwa firmy|Nazwa|Nome da empresa|Nome"},
};

// "Contact: …" in the five languages.
constexpr std::string_view kContactTitles = "Contact|Kontakt|Contacto|Contato";
constexpr std::string_view kCompanyTitles = "Company|Unternehmen|Firma|Compañía|Empresa";
constexpr std::string_view kPhoneTitles = "Phone|Telefon|Teléfono|Telefone";
constexpr std::string_view kEmailTitles = "E-mail|Email|Correo electrónico";
// What follows the title of a list's one-string form.
constexpr std::string_view kTextSuffixes = "(text)|(texto)|(tekst)";
constexpr std::string_view kPhoneTypes = "WORK|MOBILE|FAX|HOME|PAGER|MAILING|OTHER";
constexpr std::string_view kEmailTypes = "WORK|HOME|MAILING|OTHER";

std::vector<std::string_view> Split(std::string_view list) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find('|'));
    parts.push_back(part);
    list.remove_prefix(std::min(list.size(), part.size() + 1));
  }
  return parts;
}

BitrixKind KindOf(Type::Kind kind) {
  switch (kind) {
    case Type::Kind::kText:
      return BitrixKind::kText;
    case Type::Kind::kInteger:
      return BitrixKind::kInteger;
    case Type::Kind::kDecimal:
      return BitrixKind::kNumber;
    case Type::Kind::kMoney:
      return BitrixKind::kMoney;
    case Type::Kind::kBoolean:
      return BitrixKind::kBoolean;
    case Type::Kind::kDate:
      return BitrixKind::kDate;
    case Type::Kind::kDateTime:
      return BitrixKind::kDateTime;
    default:
      return BitrixKind::kAny;
  }
}

const Type* MemberOf(const Type* type, std::string_view name) {
  if (type == nullptr) return nullptr;
  for (const Type::Member& member : type->members) {
    if (member.name == name) return &member.type;
  }
  return nullptr;
}

bool IsIdentifier(std::string_view name) {
  if (name.empty() || (name[0] >= '0' && name[0] <= '9')) return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  });
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return out;
}

class Maker {
 public:
  Maker(const Schema& schema, std::string_view entity)
      : schema_(schema), entity_(entity), globals_(VariablesOf(schema, entity, true)) {}

  Names Run() {
    for (const Type::Member& variable : globals_.members) names_.AddVariable(variable.name);
    const Type* item = MemberOf(&globals_, entity_);
    const Entity* own = schema_.Find(entity_);
    AddSchemaFields(own, entity_, "", {});
    if (own != nullptr && own->name != entity_) AddSchemaFields(own, entity_, "", {own->name});
    AddSchemaFields(schema_.Find("contact"), "contact", "CONTACT.", Split(kContactTitles));
    AddSchemaFields(schema_.Find("company"), "company", "COMPANY.", Split(kCompanyTitles));
    for (const Row& row : kRows) Add(row);
    AddLists("contact", "CONTACT.", Split(kContactTitles));
    AddLists("company", "COMPANY.", Split(kCompanyTitles));
    if (entity_ == "lead") AddLists("lead", "", {});
    AddPaths();
    if (item != nullptr && item->open) names_.OpenFor(entity_);
    return std::move(names_);
  }

 private:
  // The field a path of template variables leads to; false where templates have no such path.
  bool Find(const std::string& path, Field& field) const {
    const Type* type = &globals_;
    bool optional = false;
    size_t from = 0;
    while (from <= path.size()) {
      const size_t dot = std::min(path.find('.', from), path.size());
      const std::string name = path.substr(from, dot - from);
      from = dot + 1;
      if (type->kind == Type::Kind::kMoney && name == "currency") {
        static const Type kText = [] {
          Type text;
          text.kind = Type::Kind::kText;
          return text;
        }();
        type = &kText;
      } else {
        type = MemberOf(type, name);
      }
      if (type == nullptr) return false;
      optional = optional || type->optional;
    }
    field.path = path;
    field.kind = KindOf(type->kind);
    field.optional = optional;
    return true;
  }

  void AddAll(std::string_view code, const std::vector<std::string_view>& owners, std::string_view title,
              const Field& field) {
    if (!code.empty()) names_.AddCode(code, field);
    if (title.empty()) return;
    for (const std::string_view owner : owners) {
      names_.AddTitle(std::string(owner).append(": ").append(title), field);
    }
    if (owners.empty()) names_.AddTitle(title, field);
  }

  void Add(const Row& row) {
    if (row.owner == Owner::kLead && entity_ != "lead") return;
    const bool contact = row.owner == Owner::kContact;
    const bool related = contact || row.owner == Owner::kCompany;
    const std::string variable = contact ? "contact" : related ? "company" : std::string(entity_);
    Field field;
    const std::string path =
        row.member[0] == '*' ? std::string(row.member.substr(1)) : variable + "." + std::string(row.member);
    if (!Find(path, field)) return;
    field.filters = row.filters;
    const std::string prefix = !related ? "" : contact ? "CONTACT." : "COMPANY.";
    const auto owners =
        !related ? std::vector<std::string_view>() : Split(contact ? kContactTitles : kCompanyTitles);
    for (const std::string_view code : Split(row.codes)) names_.AddCode(prefix + std::string(code), field);
    for (const std::string_view title : Split(row.titles)) AddAll("", owners, title, field);
  }

  // PHONE and EMAIL: all values with commas between, or those of one type.
  void AddLists(const std::string& variable, const std::string& prefix,
                const std::vector<std::string_view>& owners) {
    const auto add = [&](const char* code, const char* member, std::string_view types,
                         std::string_view titles) {
      Field field;
      if (!Find(variable + "." + member, field)) return;
      field.kind = BitrixKind::kText;
      field.filters = kJoined;
      names_.AddCode(prefix + code, field);
      names_.AddCode(prefix + code + "_PRINTABLE", field);
      for (const std::string_view title : Split(titles)) {
        AddAll("", owners, title, field);
        for (const std::string_view suffix : Split(kTextSuffixes))
          AddAll("", owners, std::string(title).append(" ").append(suffix), field);
      }
      for (const std::string_view type : Split(types)) {
        field.filters = " | where: \"type\", \"" + Lower(type) + "\"" + std::string(kJoined);
        names_.AddCode(prefix + code + "_" + std::string(type), field);
      }
    };
    add("PHONE", "phones", kPhoneTypes, kPhoneTitles);
    add("EMAIL", "emails", kEmailTypes, kEmailTitles);
  }

  void AddSchemaFields(const Entity* entity, std::string_view variable, const std::string& prefix,
                       const std::vector<std::string_view>& owners) {
    if (entity == nullptr) return;
    for (const crm::Field& declared : entity->fields) {
      Field field;
      if (!IsIdentifier(declared.name)) continue;  // templates cannot name it with a dot
      const bool is_list = declared.type == FieldType::kFile || declared.type == FieldType::kList;
      if (!Find(std::string(variable) + "." + declared.name, field)) continue;
      if (is_list) field.kind = BitrixKind::kAny;
      names_.AddCode(prefix + declared.name, field);
      AddAll("", owners, declared.title, field);
    }
    for (const crm::Field& declared : entity->fields) {  // behind the exact names
      Field field;
      if (!IsIdentifier(declared.name) || !Find(std::string(variable) + "." + declared.name, field)) continue;
      names_.AddCode(prefix + "UF_CRM_" + declared.name, field);
    }
  }

  // {{ deal.title }} is Liquid already.
  void AddPaths() {
    for (const Type::Member& variable : globals_.members) {
      for (const Type::Member& member : variable.type.members) {
        Field field;
        const std::string path = variable.name + "." + member.name;
        const bool good = IsIdentifier(variable.name) && IsIdentifier(member.name);
        if (good && Find(path, field)) names_.AddTitle(path, field);
      }
    }
  }

  const Schema& schema_;
  std::string_view entity_;
  const Type globals_;
  Names names_;
};

}  // namespace

Names Bitrix24Names(const Schema& schema, std::string_view entity) {
  return Maker(schema, entity).Run();
}

}  // namespace recado::crm
