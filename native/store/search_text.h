// What a delivery can be found by, and what somebody looks for as FTS5 understands it.
//
// Found are the words of what was sent (subject, text, what is spoken, parameters), the address, the
// customer's name, the record's id, number and title, the rule's id and name, the provider, the reason with
// its sentence, the vendor's reference and the key. Case and accents do not count. Everything somebody types
// is taken as the beginning of a word; of telephone numbers any run of four digits or more is found, however
// it is written:
//
//   SearchExpression("sou bikes")        → "sou"* AND "bikes"*
//   SearchExpression("(11) 91234-5678")  → ("(11)"* AND "91234-5678"*) OR "11912345678"*
//
// Pure text to text; no database.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/json.h"

namespace recado::store {

inline constexpr size_t kMaxSearchText = 8'192;  // bytes of one delivery's text in the index
inline constexpr size_t kMaxSearchQuery = 200;   // bytes that are looked at of what somebody typed
inline constexpr size_t kMaxSearchWords = 10;    // words of it
inline constexpr size_t kLeastPhoneDigits = 4;   // fewer are no telephone number

struct SearchSource {
  std::string key{};
  std::string channel{};
  std::string provider{};
  std::string reference{};
  std::string reason{};
  std::string rule_id{};
  std::string rule_name{};
  std::string entity_id{};
  // The rest is the customer's and is not there any more once it has been erased.
  std::string address{};
  std::string customer{};  // "contact:C-1"
  Json message{};          // as message_json.h packs it; null until composed
  Json reason_json{};      // its diagnostic; null where there is none
  Json snapshot{};         // the record as formats §2 shows it; null where it is not known
};
std::string SearchText(const SearchSource& source);

// The text of an HTML page without its tags, scripts and styles; the five entities of XML and &nbsp; read.
std::string WordsOfHtml(std::string_view html);

// "" where nothing that could be found was typed.
std::string SearchExpression(std::string_view typed);

}  // namespace recado::store
