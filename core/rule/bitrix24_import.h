// Rules brought over from Bitrix24: its robots, or Recado rules whose texts still hold its placeholders.
//
// A robot is an object with "Type" and "Properties" (docs/import-bitrix24.md lists the types and properties
// that are read, and which of their names are assumed). It becomes one rule of formats §1, with its texts
// converted by liquid::bitrix24. Robots that write to no customer are left out with a warning. The rules that
// come out are meant to be checked and finished by a person: providers and calendars keep the ids they had
// there.
//
// Pure; recursion-free but for the JSON library's own.
#pragma once

#include <string_view>

#include "core/base/json.h"
#include "core/crm/schema.h"

namespace recado::rule {

struct Imported {
  Json rules = Json::array();
  Diagnostics diagnostics;  // paths point into the document that was given; spans into the text there
};

struct ImportSettings {
  std::string_view entity = "deal";  // of robots; a rule says itself
  std::string_view stage;            // of robots that do not say; "" : they must
};

// `document`: robots as an array (or in a member "result", "robots" or "TEMPLATE", with robots as "Children"
// left alone), or one rule, {"rules":[…]} or an array of rules.
Imported ImportBitrix24(const Json& document, const crm::Schema& schema, const ImportSettings& settings);

}  // namespace recado::rule
