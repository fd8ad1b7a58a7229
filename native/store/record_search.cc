#include "native/store/record_search.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/text/case.h"
#include "native/store/search_text.h"

namespace recado::store {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  std::copy_if(text.begin(), text.end(), std::back_inserter(digits), IsDigit);
  return digits;
}

// What all of a telephone number's writings have in common: its digits without the zero before the area.
std::string PhoneIn(std::string_view typed) {
  if (typed.find_first_not_of("0123456789 +-()./\t") != std::string_view::npos) return "";
  std::string digits = DigitsOf(typed);
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  return digits.size() < kLeastPhoneDigits ? "" : digits;
}

// The beginning that is looked at; a character is not cut in two.
std::string_view Bounded(std::string_view typed) {
  size_t size = std::min(typed.size(), kMaxSearchQuery);
  while (size < typed.size() && size > 0 && (static_cast<unsigned char>(typed[size]) & 0xC0) == 0x80) --size;
  return typed.substr(0, size);
}

std::vector<std::string> WordsOf(std::string_view folded) {
  constexpr std::string_view kBlanks = " \t\r\n";
  std::vector<std::string> words;
  while (words.size() < kMaxSearchWords) {
    const size_t from = folded.find_first_not_of(kBlanks);
    if (from == std::string_view::npos) break;
    folded.remove_prefix(from);
    const size_t size = std::min(folded.find_first_of(kBlanks), folded.size());
    words.emplace_back(folded.substr(0, size));
    folded.remove_prefix(size);
  }
  return words;
}

// Every text and number inside, a line each, at any depth; without recursion.
std::string ValuesOf(const Json& record) {
  std::string values;
  std::vector<const Json*> open = {&record};
  while (!open.empty()) {
    const Json& value = *open.back();
    open.pop_back();
    if (value.is_string()) values += value.get_ref<const std::string&>() + '\n';
    if (value.is_number()) values += value.dump() + '\n';
    if (!value.is_structured()) continue;
    for (const Json& child : value) open.push_back(&child);
  }
  return values;
}

// Whether a line that is a telephone number has these digits in a row.
bool HasPhone(std::string_view values, const std::string& digits) {
  while (!values.empty()) {
    const size_t size = std::min(values.find('\n'), values.size());
    const std::string_view line = values.substr(0, size);
    if (line.starts_with('+') && DigitsOf(line).find(digits) != std::string::npos) return true;
    values.remove_prefix(std::min(size + 1, values.size()));
  }
  return false;
}

}  // namespace

RecordSearch::RecordSearch(std::string_view typed)
    : words_(WordsOf(text::FoldCase(Bounded(typed)))), phone_(PhoneIn(Bounded(typed))) {}

bool RecordSearch::Matches(std::string_view id, std::string_view json) const {
  const Result<Json> record = ParseJson(json);
  const std::string values = record.ok() ? ValuesOf(*record) : std::string();
  if (!phone_.empty() && HasPhone(values, phone_)) return true;
  const std::string folded = text::FoldCase(std::string(id) + '\n' + values);
  return std::all_of(words_.begin(), words_.end(),
                     [&](const std::string& word) { return folded.find(word) != std::string::npos; });
}

}  // namespace recado::store
