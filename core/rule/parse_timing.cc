#include <algorithm>
#include <array>

#include "core/rule/parse.h"

namespace recado::rule {
namespace {

constexpr std::array<std::string_view, 4> kRuns = {"immediately", "after", "before", "at"};
constexpr std::array<std::string_view, 2> kZones = {"workspace", "client"};

// Which members each way of running needs, and which it can use.
struct Needs {
  bool delay, field, time;                 // must be there
  bool uses_delay, uses_field, uses_time;  // mean something
};
constexpr Needs kNeeds[] = {
    {false, false, false, false, false, false},  // immediately
    {true, false, false, true, true, false},     // after
    {true, true, false, true, true, false},      // before
    {false, false, true, false, true, true},     // at
};

template <class T>
std::optional<T> ReadAs(crm::ObjectReader& in, std::string_view name, Result<T> (*parse)(std::string_view)) {
  const auto text = in.OptionalText(name);
  if (!text) return std::nullopt;
  const Result<T> value = parse(*text);
  if (value.ok()) return *value;
  for (const Diagnostic& fault : value.error()) in.Fault(name, fault);
  return std::nullopt;
}

void CheckCombination(crm::ObjectReader& in, const Json& json, Run run) {
  const Needs& needs = kNeeds[static_cast<size_t>(run)];
  const auto judge = [&](std::string_view name, bool needed, bool used) {
    const bool there = json.contains(name);
    if (needed && !there) in.Require(name);
    if (there && !used) in.Fault(name, IgnoredMember(name, kRuns[static_cast<size_t>(run)]));
  };
  judge("delay", needs.delay, needs.uses_delay);
  judge("field", needs.field, needs.uses_field);
  judge("time", needs.time, needs.uses_time);
}

}  // namespace

Timing ParseTiming(const Json& json, std::string pointer, Diagnostics& out) {
  crm::ObjectReader in(json, std::move(pointer), out);
  Timing timing;
  const bool has_run = in.Require("run") != nullptr;
  const std::string run = has_run ? in.Choice("run", kRuns, kRuns[0]) : std::string(kRuns[0]);
  timing.run = static_cast<Run>(std::find(kRuns.begin(), kRuns.end(), run) - kRuns.begin());
  timing.delay = ReadAs<Period>(in, "delay", &ParsePeriod);
  timing.field = in.OptionalText("field");
  timing.time = ReadAs<TimeOfDay>(in, "time", &ParseTimeOfDay);
  timing.business_hours = in.OptionalText("business_hours");
  timing.responsible_hours = in.Boolean("responsible_hours", false);
  timing.wait_for_previous = in.Boolean("wait_for_previous", false);
  timing.client_zone = in.Choice("zone", kZones, "workspace") == "client";
  if (in.is_object() && has_run) CheckCombination(in, json, timing.run);
  in.Finish();
  return timing;
}

Json ToJson(const Timing& timing) {
  Json json = {{"run", kRuns[static_cast<size_t>(timing.run)]}};
  if (timing.delay) json["delay"] = FormatPeriod(*timing.delay);
  if (timing.field) json["field"] = *timing.field;
  if (timing.time) json["time"] = FormatTimeOfDay(*timing.time);
  if (timing.business_hours) json["business_hours"] = *timing.business_hours;
  if (timing.responsible_hours) json["responsible_hours"] = true;
  if (timing.wait_for_previous) json["wait_for_previous"] = true;
  if (timing.client_zone) json["zone"] = "client";
  return json;
}

}  // namespace recado::rule
