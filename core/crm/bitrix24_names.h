// What Bitrix24 calls the fields that Recado's templates know: the map for liquid::bitrix24::FromBitrix24.
//
// Codes and titles of the standard fields stand in a table here (titles in English, German, Spanish, Polish
// and Portuguese; of a related entity as "Contact: First name"). The schema's own fields are found by their
// name, as a code with or without UF_CRM_ before it, and by their `title`. Only what templates of this entity
// may name is in the map, so what is converted is never an unknown variable.
//
// The map is made once for each entity; it holds no pointers into the schema.
#pragma once

#include <string_view>

#include "core/crm/schema.h"
#include "core/liquid/bitrix24.h"

namespace recado::crm {

// `entity` is the document of the rule: "deal", "lead", "invoice", "quote", "order", or a custom type's code.
liquid::bitrix24::Names Bitrix24Names(const Schema& schema, std::string_view entity);

}  // namespace recado::crm
