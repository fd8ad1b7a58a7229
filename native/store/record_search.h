// Whether a record of the directory has what somebody looks for.
//
// Every word that was typed must stand somewhere in the record's id or values: titles, names, numbers,
// addresses, at any depth; it may stand within a longer one. Case does not count. Of a telephone number any
// run of four digits or more is found, however it is written and with the zero of the country or without:
//
//   "bauer city"        the deal "City bike" of Jonas Bauer
//   "0151 2345-6789"    a record that has +4915123456789
//
// There is no index: a record costs some 10 µs to look at, and the directory of a small company has thousands
// of them, not millions. Pure text to text; no database. Immutable: any number of threads may ask at once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace recado::store {

class RecordSearch {
 public:
  // Looked at are the first kMaxSearchQuery bytes and kMaxSearchWords words of it.
  explicit RecordSearch(std::string_view typed);

  // Whether anything is looked for; if not, every record matches.
  bool empty() const { return words_.empty(); }

  // `json`: the snapshot as it is stored. What is no JSON has no values.
  bool Matches(std::string_view id, std::string_view json) const;

 private:
  std::vector<std::string> words_;  // folded
  std::string phone_;               // its digits, where all that was typed may be one number; else ""
};

}  // namespace recado::store
