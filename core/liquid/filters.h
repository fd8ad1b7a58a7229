// The filter functions, by subject; filter.cc makes the table of them. Internal to the room.
#pragma once

#include "core/liquid/filter.h"
#include "core/liquid/renderer.h"

namespace recado::liquid {

// text
Value FilterAppend(FilterCall& call);
Value FilterBase64Decode(FilterCall& call);
Value FilterBase64Encode(FilterCall& call);
Value FilterBase64UrlSafeDecode(FilterCall& call);
Value FilterBase64UrlSafeEncode(FilterCall& call);
Value FilterCamelcase(FilterCall& call);
Value FilterCapitalize(FilterCall& call);
Value FilterDowncase(FilterCall& call);
Value FilterLstrip(FilterCall& call);
Value FilterPrepend(FilterCall& call);
Value FilterRemove(FilterCall& call);
Value FilterRemoveFirst(FilterCall& call);
Value FilterRemoveLast(FilterCall& call);
Value FilterReplace(FilterCall& call);
Value FilterReplaceFirst(FilterCall& call);
Value FilterReplaceLast(FilterCall& call);
Value FilterRstrip(FilterCall& call);
Value FilterSplit(FilterCall& call);
Value FilterSquish(FilterCall& call);
Value FilterStrip(FilterCall& call);
Value FilterStripNewlines(FilterCall& call);
Value FilterTruncate(FilterCall& call);
Value FilterTruncatewords(FilterCall& call);
Value FilterUpcase(FilterCall& call);
Value FilterUrlDecode(FilterCall& call);
Value FilterUrlEncode(FilterCall& call);
// markup
Value FilterEscape(FilterCall& call);
Value FilterEscapeOnce(FilterCall& call);
Value FilterNewlineToBr(FilterCall& call);
Value FilterRaw(FilterCall& call);
Value FilterStripHtml(FilterCall& call);
// numbers
Value FilterAbs(FilterCall& call);
Value FilterAtLeast(FilterCall& call);
Value FilterAtMost(FilterCall& call);
Value FilterCeil(FilterCall& call);
Value FilterDividedBy(FilterCall& call);
Value FilterFloor(FilterCall& call);
Value FilterMinus(FilterCall& call);
Value FilterModulo(FilterCall& call);
Value FilterPlus(FilterCall& call);
Value FilterRound(FilterCall& call);
Value FilterTimes(FilterCall& call);
// lists
Value FilterCompact(FilterCall& call);
Value FilterConcat(FilterCall& call);
Value FilterDefault(FilterCall& call);
Value FilterFind(FilterCall& call);
Value FilterFindIndex(FilterCall& call);
Value FilterFirst(FilterCall& call);
Value FilterHas(FilterCall& call);
Value FilterJoin(FilterCall& call);
Value FilterLast(FilterCall& call);
Value FilterMap(FilterCall& call);
Value FilterReject(FilterCall& call);
Value FilterReverse(FilterCall& call);
Value FilterSize(FilterCall& call);
Value FilterSlice(FilterCall& call);
Value FilterSort(FilterCall& call);
Value FilterSortNatural(FilterCall& call);
Value FilterSum(FilterCall& call);
Value FilterUniq(FilterCall& call);
Value FilterWhere(FilterCall& call);
// dates and languages
Value FilterDate(FilterCall& call);
Value FilterDatetime(FilterCall& call);
Value FilterDecimal(FilterCall& call);
Value FilterMoney(FilterCall& call);
Value FilterMoneyWithCurrency(FilterCall& call);
Value FilterMoneyWithoutCurrency(FilterCall& call);
Value FilterMoneyWithoutTrailingZeros(FilterCall& call);
Value FilterNgettext(FilterCall& call);
Value FilterPhone(FilterCall& call);
Value FilterPlural(FilterCall& call);
Value FilterSmsSafe(FilterCall& call);
Value FilterTransliterate(FilterCall& call);
// What the filter phone takes for its argument, also asked of literals when a rule is checked.
bool IsPhoneForm(const Value& form);
Diagnostic BadPhoneForm(const Value& form);
// A list of values as filters take it: lists flattened, an object as a list of itself, nothing as no items.
std::span<const Value> ListOf(FilterCall& call, const Value& value);

}  // namespace recado::liquid
