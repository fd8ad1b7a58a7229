// Columns: which field of a record each column of a table goes into.
//
// A field is named as templates name it, with the item itself left out: `title`, `amount`, `stage`,
// `contact.first_name`, `contact.phone.mobile`, `company.email`, `responsible.mailbox`,
// `contact.consent.marketing`. `id` is the record's own. Several columns may name `contact.phone`: they
// become its numbers, in their order.
// "" leaves a column out.
//
// Where nobody says, the field is guessed from the column's name, in the languages of the product
// ("Vorname" → contact.first_name), and from the names and titles of the schema's own fields. A guess is
// shown before it runs and can be overruled column by column.
//
// Pure.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/crm/schema.h"

namespace recado::directory {

// Whose field.
enum class Scope : uint8_t { kItem, kContact, kCompany, kResponsible };

struct Target {
  Scope scope = Scope::kItem;
  std::string field;  // "title", "phone", "email", "consent.marketing"
  std::string type;   // of a phone or an e-mail: "mobile"; "" : none
  friend bool operator==(const Target&, const Target&) = default;
  std::string Dump() const;  // as it is named: "contact.phone.mobile"
};

// Error: invalid_value. `entity`: its code may stand before a field of the item ("deal.title").
Result<Target> ParseTarget(std::string_view name, std::string_view entity);

// Nothing where the name says nothing.
std::optional<Target> GuessTarget(std::string_view column, const crm::Entity* entity);

struct Column {
  std::string name;              // as in the file
  std::optional<Target> target;  // nothing: left out
  bool guessed = false;
  crm::FieldType type = crm::FieldType::kText;  // of the field, by the schema
};

// `given`: column → field, overruling the guesses. Errors: import_unknown_column, import_no_column (there
// must be one for the id), invalid_value. `entity` may be null: unknown to the schema.
Result<std::vector<Column>> MapColumns(const std::vector<std::string>& header,
                                       const std::vector<std::pair<std::string, std::string>>& given,
                                       std::string_view entity_code, const crm::Entity* entity);

}  // namespace recado::directory
