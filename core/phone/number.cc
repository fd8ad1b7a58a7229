#include "core/phone/number.h"

#include <algorithm>
#include <span>

#include "core/phone/pattern.h"
#include "core/phone/table.h"
#include "core/phone/text.h"

namespace recado::phone {
namespace {

constexpr size_t kMaxCallingCode = 3;
constexpr size_t kMaxNational = 17;  // longer than the ITU's 15, for Germany

using Plans = std::span<const PhonePlan>;

// The plans that share a calling code, its main region first; empty: no such code.
Plans PlansOf(unsigned code) {
  const std::vector<PhonePlan>& plans = Phones().plans;
  const auto first =
      std::lower_bound(plans.begin(), plans.end(), code,
                       [](const PhonePlan& plan, unsigned wanted) { return plan.code < wanted; });
  auto last = first;
  while (last != plans.end() && last->code == code) ++last;
  return Plans(plans).subspan(static_cast<size_t>(first - plans.begin()), static_cast<size_t>(last - first));
}

const PhonePlan* PlanOf(std::string_view region) {
  if (region.empty() || region == "001") return nullptr;
  const std::vector<PhonePlan>& plans = Phones().plans;
  const auto found = std::find_if(plans.begin(), plans.end(),
                                  [region](const PhonePlan& plan) { return plan.region == region; });
  return found == plans.end() ? nullptr : &*found;
}

bool HasLength(const PhonePlan& plan, size_t length) {
  return length < 32 && (plan.lengths >> length & 1U) != 0;
}

size_t LongestLength(const PhonePlan& plan) {
  size_t longest = 0;
  for (size_t length = 0; length < 32; ++length) {
    if (HasLength(plan, length)) longest = length;
  }
  return longest;
}

// The one of several regions with the same code whose number this is; null: none is sure of it.
const PhonePlan* ExactPlan(Plans plans, std::string_view national) {
  if (plans.size() == 1) return &plans.front();
  for (const PhonePlan& plan : plans) {
    const bool is_here = plan.leading.empty()
                             ? MatchesWhole(plan.match, national) && MatchesWhole(plan.kinds, national)
                             : MatchPhone(plan.leading, national).has_value();
    if (is_here) return &plan;
  }
  return nullptr;
}

// "$1", "9$1", "($1) $2-$3" with the captures put in.
std::string Expand(std::string_view format, const PhoneMatch& match) {
  std::string out;
  for (size_t i = 0; i < format.size(); ++i) {
    const bool capture =
        format[i] == '$' && i + 1 < format.size() && format[i + 1] >= '1' && format[i + 1] <= '9';
    if (!capture) {
      out += format[i];
      continue;
    }
    const auto index = static_cast<size_t>(format[++i] - '1');
    if (index < match.captures) out += match.capture[index];
  }
  return out;
}

// The number behind its national prefix and carrier code, whether or not that makes sense.
std::string StripPrefix(const PhonePlan& plan, const std::string& national) {
  const std::string_view pattern = plan.parsing.empty() ? plan.prefix : plan.parsing;
  const auto match = MatchPhone(pattern, national);
  if (!match) return national;
  const bool captured = match->captures > 0 && !match->capture[match->captures - 1].empty();
  const std::string rest = national.substr(match->length);
  return captured && !plan.transform.empty() ? Expand(plan.transform, *match) + rest : rest;
}

// The national (significant) number: without its prefix, unless that would spoil a good number or leave one
// that is too short.
std::string NationalNumber(const PhonePlan& plan, const std::string& digits) {
  std::string stripped = StripPrefix(plan, digits);
  if (stripped == digits) return digits;
  if (MatchesWhole(plan.match, digits) && !MatchesWhole(plan.match, stripped)) return digits;
  const PhonePlan* exact = ExactPlan(PlansOf(plan.code), stripped);
  const PhonePlan& judge = exact != nullptr ? *exact : plan;
  const bool possible = HasLength(judge, stripped.size()) || stripped.size() > LongestLength(judge);
  return possible ? stripped : digits;
}

struct Number {
  Plans plans;            // of the calling code
  const PhonePlan* plan;  // to read the national part by
  std::string national;   // still with its prefix
};

// Behind a plus: a calling code of one to three digits.
std::optional<Number> International(const std::string& digits) {
  unsigned code = 0;
  for (size_t i = 0; i < kMaxCallingCode && i < digits.size(); ++i) {
    code = code * 10 + static_cast<unsigned>(digits[i] - '0');
    if (code == 0) return std::nullopt;
    const Plans plans = PlansOf(code);
    if (!plans.empty()) return Number{plans, &plans.front(), digits.substr(i + 1)};
  }
  return std::nullopt;
}

// "5511…" where 55 is the region's own code and a plus was forgotten: only where the number is none without
// that reading.
bool HasForgottenPlus(const PhonePlan& plan, const std::string& digits) {
  const std::string code = std::to_string(plan.code);
  if (!digits.starts_with(code)) return false;
  const std::string shorter = NationalNumber(plan, digits.substr(code.size()));
  const std::string whole = NationalNumber(plan, digits);
  return (!MatchesWhole(plan.match, whole) && MatchesWhole(plan.match, shorter)) ||
         whole.size() > LongestLength(plan);
}

std::optional<Number> Local(const PhonePlan& plan, const std::string& digits) {
  if (const auto idd = MatchPhone(plan.idd, digits)) {
    const std::string rest = digits.substr(idd->length);
    if (!rest.empty() && rest.front() != '0') return International(rest);
  }
  const Plans plans = PlansOf(plan.code);
  if (HasForgottenPlus(plan, digits)) {
    return Number{plans, &plans.front(), digits.substr(std::to_string(plan.code).size())};
  }
  return Number{plans, &plan, digits};
}

// An E.164 number taken apart.
struct Parts {
  Plans plans;
  const PhonePlan* plan;  // exact, else the main one
  std::string_view national;
};

std::optional<Parts> Split(std::string_view e164) {
  if (!e164.starts_with('+')) return std::nullopt;
  const std::string digits(e164.substr(1));
  const auto number = International(digits);
  if (!number) return std::nullopt;
  const std::string_view national = e164.substr(e164.size() - number->national.size());
  const PhonePlan* exact = ExactPlan(number->plans, national);
  return Parts{number->plans, exact != nullptr ? exact : &number->plans.front(), national};
}

std::span<const PhoneFormat> FormatsOf(const Parts& parts) {
  const PhonePlan& plan = parts.plan->formats > 0 ? *parts.plan : parts.plans.front();
  return std::span<const PhoneFormat>(Phones().formats).subspan(plan.first_format, plan.formats);
}

// Puts the prefix rule around the first capture: "$1 $2" with "(0$1)" is "(0$1) $2".
std::string WithRule(std::string_view format, std::string_view rule) {
  const size_t at = format.find('$');
  if (rule.empty() || at == std::string_view::npos) return std::string(format);
  const std::string_view capture = format.substr(at, 2);
  std::string out(format.substr(0, at));
  const size_t in_rule = rule.find("$1");
  out.append(rule.substr(0, in_rule)).append(capture);
  if (in_rule != std::string_view::npos) out.append(rule.substr(in_rule + 2));
  return out.append(format.substr(at + 2));
}

// Internationally, groups are separated by single spaces only.
std::string WithSpaces(std::string_view formatted) {
  std::string out;
  for (const char c : formatted) {
    if (c >= '0' && c <= '9') {
      out += c;
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string Format(const Parts& parts, bool international) {
  for (const PhoneFormat& format : FormatsOf(parts)) {
    if (!format.leading.empty() && !MatchPhone(format.leading, parts.national)) continue;
    const auto match = MatchWhole(format.match, parts.national);
    if (!match) continue;
    if (international) {
      return WithSpaces(Expand(format.international.empty() ? format.format : format.international, *match));
    }
    const PhonePlan& main = parts.plans.front();
    const std::string_view own = parts.plan->rule.empty() ? main.rule : parts.plan->rule;
    return Expand(WithRule(format.format, format.rule.empty() ? own : format.rule), *match);
  }
  return std::string(parts.national);
}

}  // namespace

std::optional<std::string> ToE164(std::string_view text, std::string_view default_region) {
  const auto read = ReadPhoneText(text);
  if (!read) return std::nullopt;
  const PhonePlan* home = PlanOf(default_region);
  if (!read->plus && home == nullptr) return std::nullopt;
  const auto number = read->plus ? International(read->digits) : Local(*home, read->digits);
  if (!number || number->national.empty()) return std::nullopt;
  const std::string national = NationalNumber(*number->plan, number->national);
  if (national.size() < 2 || national.size() > kMaxNational) return std::nullopt;
  const PhonePlan* exact = ExactPlan(number->plans, national);
  if (!HasLength(exact != nullptr ? *exact : *number->plan, national.size())) return std::nullopt;
  return "+" + std::to_string(number->plan->code) + national;
}

std::string FormatNational(std::string_view e164) {
  const auto parts = Split(e164);
  return parts ? Format(*parts, false) : std::string(e164);
}

std::string FormatInternational(std::string_view e164) {
  const auto parts = Split(e164);
  if (!parts) return std::string(e164);
  return "+" + std::to_string(parts->plan->code) + " " + Format(*parts, true);
}

std::string_view RegionOf(std::string_view e164) {
  const auto parts = Split(e164);
  return parts ? parts->plan->region : std::string_view();
}

bool IsKnownRegion(std::string_view region) {
  return PlanOf(region) != nullptr;
}

}  // namespace recado::phone
