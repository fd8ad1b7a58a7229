// PhoneTable: the numbering plans of the world, as views into the tables (base/tables.h). Private to the
// room but for ReadPhoneTable, which whoever hands over tables asks whether they will do.
//
// The sections, made by make_tables.py from plans.json: "phone" is a list of texts; "phone.f" and
// "phone.p" are records of little-endian numbers, u16 but for u32 lengths, in the order of the members below.
// Where a member is a text the number says which of the list.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace recado::phone {

// How a national number is grouped: the whole must match `match` and begin with `leading`.
struct PhoneFormat {
  std::string_view match;
  std::string_view format;         // "$1 $2-$3"
  std::string_view leading;        // "" : any
  std::string_view rule;           // how the national prefix stands before it: "0$1"; "" : the plan's
  std::string_view international;  // "" : as `format`
};

// The numbering plan of a region, or of a calling code that belongs to none ("001").
struct PhonePlan {
  std::string_view region;
  uint16_t code = 0;
  uint32_t lengths = 0;  // bit n: national numbers may have n digits
  uint16_t first_format = 0;
  uint16_t formats = 0;
  std::string_view idd;        // what one dials before an international number
  std::string_view match;      // national numbers
  std::string_view prefix;     // national prefix, "0"
  std::string_view parsing;    // what stands before a number dialled nationally; "" : `prefix`
  std::string_view transform;  // what to put in its place; "" : nothing
  std::string_view rule;
  std::string_view leading;  // of a shared code: numbers of this region begin so; or
  std::string_view kinds;    // they look so
};

struct PhoneTable {
  std::vector<PhoneFormat> formats;
  std::vector<PhonePlan> plans;  // by calling code; of several with the same the main region first
};

// Reads the sections and proves every number in them. Error: tables_refused.
Result<PhoneTable> ReadPhoneTable(std::string_view texts, std::string_view formats, std::string_view plans);
// The same with the sections of the process's tables.
Result<PhoneTable> ReadPhoneTable();

// Read once, at first use; empty where that failed.
const PhoneTable& Phones();

}  // namespace recado::phone
