// Bitrix24's placeholders and expressions, turned into Liquid.
//
// Authors of Bitrix24 automation rules write fields and spreadsheet-like expressions into their texts:
//
//   {=Document:TITLE}                     a field by its code
//   {=Document:CLOSEDATE > printable}     with a modifier, which is left out (a warning says so)
//   {{Contact: First name}}               a field by its title, in any of five languages
//   {{={=Document:OPPORTUNITY} * 2}}      an expression within a text
//   =if({=Document:OPPORTUNITY} > 100, "big", "small")      a whole parameter
//
// FromBitrix24 writes such a text anew in Liquid. What cannot be said in Liquid with exactly the same result
// is an error at its place, and stays in the text as it was; nothing is guessed. Whatever comes out parses as
// Liquid. Text outside of the forms is kept byte for byte; braces in it that Liquid would take for its own
// are put into {% raw %}.
//
//   Names names = crm::Bitrix24Names(schema, "deal");
//   Converted converted = FromBitrix24("Hi {{Contact: First name}}", names);
//   // converted.text == "Hi {{ contact.first_name }}"
//
// This is a converter for moving house, not a second template language: nothing at run time knows these
// forms. Pure; a Names is immutable once filled and may be shared between threads. The forms, operators and
// functions are those of the vendor's public help ("Using expressions in activity parameters", article
// 6034991); what that does not confirm is refused.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/diagnostic.h"

namespace recado::liquid::bitrix24 {

// What is known of a field's value. It decides how it is compared, added to and printed.
enum class Kind : uint8_t { kAny, kText, kInteger, kNumber, kMoney, kBoolean, kDate, kDateTime };

struct Field {
  std::string path;        // "deal.amount"
  std::string filters;     // what follows it: ` | map: "value" | join: ", "`; then it cannot be compared
  Kind kind = Kind::kAny;  // of the value after the filters
  bool optional = true;    // may be empty
  bool declared = true;    // false: the schema does not list it but lets it exist
};

// The fields one text may name, by code and by title. Codes and titles are found whatever their case; of two
// equal ones the first stays.
class Names {
 public:
  void AddCode(std::string_view code, const Field& field);
  void AddTitle(std::string_view title, const Field& field);
  // A variable of templates, which helper variables must not be named like.
  void AddVariable(std::string_view name);
  // Custom fields (UF_…) that nobody declared become members of this variable.
  void OpenFor(std::string_view variable) { open_ = variable; }

  // Null where there is none. `made` holds what is not stored.
  const Field* ByCode(std::string_view code, Field& made) const;
  const Field* ByTitle(std::string_view title) const;
  // What was probably meant, or "".
  std::string NearestCode(std::string_view code) const;
  std::string NearestTitle(std::string_view title) const;

  // "b24_", or longer where a variable begins like that.
  const std::string& helper_prefix() const { return helper_prefix_; }

 private:
  struct Entry {
    std::string spelling;
    Field field;
  };
  std::map<std::string, Entry, std::less<>> codes_;   // in capitals
  std::map<std::string, Entry, std::less<>> titles_;  // case folded, spaces squeezed
  std::string open_;
  std::string helper_prefix_ = "b24_";
};

struct Converted {
  std::string text;         // Liquid; where there are errors, the forms at fault as they were
  Diagnostics diagnostics;  // spans are offsets in the text that was given; path is empty
};

// Bounds: kMaxTemplateBytes for the text and for what becomes of it, kMaxBitrix24… for one form.
Converted FromBitrix24(std::string_view text, const Names& names);

// The field where the whole text is one reference to it: how a run time names its date.
std::optional<Field> FieldAlone(std::string_view text, const Names& names);

}  // namespace recado::liquid::bitrix24
