#include "core/liquid/filter.h"

#include <algorithm>

#include "core/liquid/filters.h"
#include "core/liquid/program.h"

namespace recado::liquid {
namespace {

// Sorted by name (a test holds it to that): name, function, least and most arguments, keywords.
constexpr Filter kFilters[] = {
    {"abs", FilterAbs, 0, 0},
    {"append", FilterAppend, 1, 1},
    {"at_least", FilterAtLeast, 1, 1},
    {"at_most", FilterAtMost, 1, 1},
    {"base64_decode", FilterBase64Decode, 0, 0},
    {"base64_encode", FilterBase64Encode, 0, 0},
    {"base64_url_safe_decode", FilterBase64UrlSafeDecode, 0, 0},
    {"base64_url_safe_encode", FilterBase64UrlSafeEncode, 0, 0},
    {"camelcase", FilterCamelcase, 0, 0},
    {"capitalize", FilterCapitalize, 0, 0},
    {"ceil", FilterCeil, 0, 0},
    {"compact", FilterCompact, 0, 1},
    {"concat", FilterConcat, 1, 1},
    {"currency", FilterMoney, 0, 1, {"currency", "width"}},
    {"date", FilterDate, 1, 1},
    {"datetime", FilterDatetime, 0, 1, {"format", "date", "time"}},
    {"decimal", FilterDecimal, 0, 1, {"group_separator", "digits"}},
    {"default", FilterDefault, 0, 1, {"allow_false"}},
    {"divided_by", FilterDividedBy, 1, 1},
    {"downcase", FilterDowncase, 0, 0},
    {"escape", FilterEscape, 0, 0},
    {"escape_once", FilterEscapeOnce, 0, 0},
    {"find", FilterFind, 1, 2},
    {"find_index", FilterFindIndex, 1, 2},
    {"first", FilterFirst, 0, 0},
    {"floor", FilterFloor, 0, 0},
    {"h", FilterEscape, 0, 0},
    {"has", FilterHas, 1, 2},
    {"join", FilterJoin, 0, 1},
    {"last", FilterLast, 0, 0},
    {"lstrip", FilterLstrip, 0, 0},
    {"map", FilterMap, 1, 1},
    {"minus", FilterMinus, 1, 1},
    {"modulo", FilterModulo, 1, 1},
    {"money", FilterMoney, 0, 1, {"currency", "width"}},
    {"money_with_currency", FilterMoneyWithCurrency, 0, 1, {"currency"}},
    {"money_without_currency", FilterMoneyWithoutCurrency, 0, 1, {"currency"}},
    {"money_without_trailing_zeros", FilterMoneyWithoutTrailingZeros, 0, 1, {"currency"}},
    {"newline_to_br", FilterNewlineToBr, 0, 0},
    {"ngettext", FilterNgettext, 2, 6},
    {"phone", FilterPhone, 0, 1, {"region"}},
    {"plural", FilterPlural, 0, 0, {"ordinal"}},
    {"plus", FilterPlus, 1, 1},
    {"prepend", FilterPrepend, 1, 1},
    {"raw", FilterRaw, 0, 0},
    {"reject", FilterReject, 1, 2},
    {"remove", FilterRemove, 1, 1},
    {"remove_first", FilterRemoveFirst, 1, 1},
    {"remove_last", FilterRemoveLast, 1, 1},
    {"replace", FilterReplace, 1, 2},
    {"replace_first", FilterReplaceFirst, 1, 2},
    {"replace_last", FilterReplaceLast, 2, 2},
    {"reverse", FilterReverse, 0, 0},
    {"round", FilterRound, 0, 1},
    {"rstrip", FilterRstrip, 0, 0},
    {"size", FilterSize, 0, 0},
    {"slice", FilterSlice, 1, 2},
    {"sms_safe", FilterSmsSafe, 0, 0},
    {"sort", FilterSort, 0, 1},
    {"sort_natural", FilterSortNatural, 0, 1},
    {"split", FilterSplit, 1, 1},
    {"squish", FilterSquish, 0, 0},
    {"strip", FilterStrip, 0, 0},
    {"strip_html", FilterStripHtml, 0, 0},
    {"strip_newlines", FilterStripNewlines, 0, 0},
    {"sum", FilterSum, 0, 1},
    {"times", FilterTimes, 1, 1},
    {"transliterate", FilterTransliterate, 0, 1, {"keep"}},
    {"truncate", FilterTruncate, 0, 2},
    {"truncatewords", FilterTruncatewords, 0, 2},
    {"uniq", FilterUniq, 0, 1},
    {"upcase", FilterUpcase, 0, 0},
    {"url_decode", FilterUrlDecode, 0, 0},
    {"url_encode", FilterUrlEncode, 0, 0},
    {"where", FilterWhere, 1, 2},
};

}  // namespace

Value FilterCall::Keyword(std::string_view keyword) const {
  for (size_t i = 0; i < keyword_names.size(); ++i) {
    if (keyword_names[i].text == keyword) return keyword_values[i];
  }
  return {};
}

std::span<const Filter> Filters() {
  return kFilters;
}

std::optional<uint16_t> FindFilter(std::string_view name) {
  const auto* found =
      std::lower_bound(std::begin(kFilters), std::end(kFilters), name,
                       [](const Filter& filter, std::string_view wanted) { return filter.name < wanted; });
  if (found == std::end(kFilters) || found->name != name) return std::nullopt;
  return static_cast<uint16_t>(found - std::begin(kFilters));
}

}  // namespace recado::liquid
