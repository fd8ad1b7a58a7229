#include "core/crm/workspace.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/crm/email.h"
#include "core/crm/reader.h"
#include "core/phone/number.h"
#include "core/text/time_zone.h"

namespace recado::crm {
namespace {

constexpr std::array<std::string_view, 7> kDays = {"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
constexpr int kMinutesADay = 24 * 60;

// "09:00", and "24:00" as the end of a day.
std::optional<TimeOfDay> ReadTime(const Json& json, const std::string& pointer, bool end, Diagnostics& out) {
  if (!json.is_string()) {
    out.push_back(WrongType("time", "a text like \"09:00\"", json).At(pointer));
    return std::nullopt;
  }
  const auto text = json.get<std::string>();
  if (end && text == "24:00") return TimeOfDay{kMinutesADay};
  const Result<TimeOfDay> time = ParseTimeOfDay(text);
  if (time.ok()) return *time;
  for (const Diagnostic& fault : time.error()) out.push_back(Diagnostic(fault).At(pointer));
  return std::nullopt;
}

void ReadZone(ObjectReader& in, std::string& zone, Diagnostics& out) {
  const auto given = in.OptionalText("time_zone");
  if (!given) return;
  if (text::ZoneExists(*given)) {
    zone = *given;
    return;
  }
  out.push_back(
      Diagnostic::Of(DiagnosticCode::unknown_time_zone).With("name", *given).At(in.At("time_zone")));
}

std::vector<TimeSpan> ReadDay(const Json& day, const std::string& pointer, Diagnostics& out) {
  std::vector<TimeSpan> spans;
  if (!day.is_array() || day.size() > kMaxSpansADay) {
    out.push_back(WrongType("day", "a list of [\"from\", \"to\"]", day).At(pointer));
    return spans;
  }
  for (size_t i = 0; i < day.size(); ++i) {
    const Json& pair = day[i];
    const std::string at = Child(pointer, i);
    if (!pair.is_array() || pair.size() != 2) {
      out.push_back(WrongType("working time", "[\"from\", \"to\"]", pair).At(at));
      continue;
    }
    const auto from = ReadTime(pair[0], Child(at, size_t{0}), false, out);
    const auto to = ReadTime(pair[1], Child(at, size_t{1}), true, out);
    if (!from || !to) continue;
    if (*from >= *to) {
      out.push_back(Diagnostic::Of(DiagnosticCode::empty_time_span)
                        .With("from", FormatTimeOfDay(*from))
                        .With("to", FormatTimeOfDay(*to))
                        .At(at));
      continue;
    }
    spans.emplace_back(*from, *to);
  }
  std::sort(spans.begin(), spans.end());
  return spans;
}

void ReadHolidays(ObjectReader& in, Calendar& calendar, Diagnostics& out) {
  const Json* holidays = in.List("holidays", kMaxHolidays);
  if (holidays == nullptr) return;
  for (size_t i = 0; i < holidays->size(); ++i) {
    const Json& day = (*holidays)[i];
    const std::string at = Child(in.At("holidays"), i);
    if (!day.is_string()) {
      out.push_back(WrongType("holiday", "a date like \"2026-12-25\"", day).At(at));
      continue;
    }
    const Result<Date> date = ParseDate(day.get<std::string>());
    if (date.ok()) {
      calendar.holidays.push_back(*date);
    } else {
      for (const Diagnostic& fault : date.error()) out.push_back(Diagnostic(fault).At(at));
    }
  }
  std::sort(calendar.holidays.begin(), calendar.holidays.end());
}

Calendar ReadCalendar(const Json& json, std::string pointer, std::string_view workspace_zone,
                      Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Calendar calendar;
  calendar.id = in.RequiredId("id");
  calendar.time_zone = workspace_zone;
  ReadZone(in, calendar.time_zone, out);
  in.Require("week");
  if (const Json* week = in.Object("week")) {
    ObjectReader days(*week, in.At("week"), out);
    for (size_t i = 0; i < kDays.size(); ++i) {
      if (const Json* day = days.Take(kDays[i])) calendar.week[i] = ReadDay(*day, days.At(kDays[i]), out);
    }
    days.Finish();
  }
  ReadHolidays(in, calendar, out);
  in.Finish();
  return calendar;
}

Line ReadLine(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Line line;
  line.id = in.RequiredId("id");
  line.number = in.Text("number");
  line.name = in.Text("name");
  in.Finish();
  return line;
}

Mailbox ReadMailbox(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Mailbox mailbox;
  mailbox.address = in.RequiredText("address");
  if (!mailbox.address.empty() && !IsEmailAddress(mailbox.address)) {
    in.Fault("address", Diagnostic::Of(DiagnosticCode::not_an_email).With("value", mailbox.address));
  }
  mailbox.name = in.Text("name");
  in.Finish();
  return mailbox;
}

// The settings the core reads; everything else in them is the vendor's and stays untouched.
void ReadSettings(const Json& settings, const std::string& pointer, Provider& provider, Diagnostics& out) {
  ObjectReader in(settings, pointer, out);
  if (const Json* lines = in.List("lines", kMaxWorkspaceItems)) {
    for (size_t i = 0; i < lines->size(); ++i) {
      provider.lines.push_back(ReadLine((*lines)[i], Child(in.At("lines"), i), out));
    }
  }
  if (const Json* mailboxes = in.List("mailboxes", kMaxWorkspaceItems)) {
    for (size_t i = 0; i < mailboxes->size(); ++i) {
      provider.mailboxes.push_back(ReadMailbox((*mailboxes)[i], Child(in.At("mailboxes"), i), out));
    }
  }
  if (in.Take("max_characters") != nullptr) {
    provider.max_characters = static_cast<int>(in.Integer("max_characters", kMaxSmsCharacters, 1, 100'000));
  }
}

Provider ReadProvider(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Provider provider;
  provider.id = in.RequiredId("id");
  provider.kind = in.RequiredText("kind");
  provider.settings = Json::object();
  if (const Json* settings = in.Object("settings")) {
    provider.settings = *settings;
    ReadSettings(*settings, in.At("settings"), provider, out);
  }
  in.Finish();
  return provider;
}

WhatsAppTemplate ReadTemplate(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  WhatsAppTemplate made;
  made.provider = in.RequiredText("provider");
  made.name = in.RequiredText("name");
  made.language = in.Text("language");
  made.parameters = static_cast<int>(in.Integer("parameters", 0, 0, kMaxWhatsAppParameters));
  made.text = in.Text("text");
  in.Finish();
  return made;
}

void ReadQuietHours(ObjectReader& in, Workspace& workspace, Diagnostics& out) {
  const Json* quiet = in.Object("quiet_hours");
  if (quiet == nullptr) return;
  ObjectReader hours(*quiet, in.At("quiet_hours"), out);
  const Json* from = hours.Require("from");
  const Json* to = hours.Require("to");
  hours.Finish();
  if (from == nullptr || to == nullptr) return;
  const auto begin = ReadTime(*from, hours.At("from"), false, out);
  const auto end = ReadTime(*to, hours.At("to"), true, out);
  if (!begin || !end) return;
  if (*begin == *end || (begin->minutes == 0 && end->minutes == kMinutesADay)) {
    // Quiet all day would mean that nothing is ever sent.
    in.Fault("quiet_hours", Diagnostic::Of(DiagnosticCode::empty_time_span)
                                .With("from", FormatTimeOfDay(*begin))
                                .With("to", FormatTimeOfDay(*end)));
    return;
  }
  workspace.quiet_hours = TimeSpan{*begin, *end};
}

// Calls `read(item, pointer)` for each item of a list and reports ids that come twice.
template <class T, class Read>
void ReadList(ObjectReader& in, std::string_view name, std::vector<T>& into, Diagnostics& out, Read read) {
  const Json* list = in.List(name, kMaxWorkspaceItems);
  if (list == nullptr) return;
  for (size_t i = 0; i < list->size(); ++i) {
    const std::string at = Child(in.At(name), i);
    T item = read((*list)[i], at);
    if constexpr (requires { item.id; }) {
      const bool known =
          std::any_of(into.begin(), into.end(), [&item](const T& other) { return other.id == item.id; });
      if (known && !item.id.empty()) {
        out.push_back(Diagnostic::Of(DiagnosticCode::duplicate_id).With("name", item.id).At(Child(at, "id")));
      }
    }
    into.push_back(std::move(item));
  }
}

bool SameAddress(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [&lower](char x, char y) { return lower(x) == lower(y); });
}

bool IsUpper(std::string_view text, size_t length) {
  return text.size() == length &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

void ReadRegion(ObjectReader& in, Workspace& workspace) {
  workspace.default_region = in.Text("default_region");
  if (!workspace.default_region.empty() && !phone::IsKnownRegion(workspace.default_region)) {
    in.Fault("default_region",
             Diagnostic::Of(DiagnosticCode::unknown_region).With("name", workspace.default_region));
  }
}

void ReadCurrency(ObjectReader& in, Workspace& workspace) {
  workspace.currency = in.Text("currency");
  if (!workspace.currency.empty() && !IsUpper(workspace.currency, 3)) {
    in.Fault("currency", Diagnostic::Of(DiagnosticCode::not_a_currency).With("value", workspace.currency));
  }
}

}  // namespace

const Provider* Workspace::FindProvider(std::string_view id) const {
  for (const Provider& provider : providers) {
    if (provider.id == id) return &provider;
  }
  return nullptr;
}

const Provider* Workspace::FindLine(std::string_view id) const {
  for (const Provider& provider : providers) {
    for (const Line& line : provider.lines) {
      if (line.id == id) return &provider;
    }
  }
  return nullptr;
}

const Calendar* Workspace::FindCalendar(std::string_view id) const {
  for (const Calendar& calendar : calendars) {
    if (calendar.id == id) return &calendar;
  }
  return nullptr;
}

const Mailbox* Provider::FindMailbox(std::string_view address) const {
  for (const Mailbox& mailbox : mailboxes) {
    if (SameAddress(mailbox.address, address)) return &mailbox;
  }
  return nullptr;
}

const Provider* Workspace::FindMailbox(std::string_view address) const {
  for (const Provider& provider : providers) {
    if (provider.FindMailbox(address) != nullptr) return &provider;
  }
  return nullptr;
}

Workspace ReadWorkspace(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out);
  Workspace workspace;
  workspace.name = in.Text("name");
  ReadRegion(in, workspace);
  workspace.language = in.Text("language", "en");
  ReadZone(in, workspace.time_zone, out);
  ReadCurrency(in, workspace);
  ReadList(in, "providers", workspace.providers, out,
           [&out](const Json& item, const std::string& at) { return ReadProvider(item, at, out); });
  ReadList(in, "calendars", workspace.calendars, out, [&](const Json& item, const std::string& at) {
    return ReadCalendar(item, at, workspace.time_zone, out);
  });
  ReadQuietHours(in, workspace, out);
  ReadList(in, "templates", workspace.templates, out,
           [&out](const Json& item, const std::string& at) { return ReadTemplate(item, at, out); });
  if (const Json* retention = in.Object("retention")) workspace.retention = *retention;
  in.Finish();
  return workspace;
}

Result<Workspace> ParseWorkspace(const Json& json, Diagnostics& remarks) {
  Diagnostics out;
  Workspace workspace = ReadWorkspace(json, "", out);
  if (HasErrors(out)) return out;
  workspace.closed = true;
  remarks.insert(remarks.end(), out.begin(), out.end());
  return workspace;
}

Json ToJson(const Workspace& workspace) {
  const auto time = [](TimeOfDay t) { return t.minutes == kMinutesADay ? "24:00" : FormatTimeOfDay(t); };
  Json json = {{"name", workspace.name},         {"default_region", workspace.default_region},
               {"language", workspace.language}, {"time_zone", workspace.time_zone},
               {"currency", workspace.currency}, {"providers", Json::array()},
               {"calendars", Json::array()}};
  for (const Provider& provider : workspace.providers) {
    json["providers"].push_back(
        {{"id", provider.id}, {"kind", provider.kind}, {"settings", provider.settings}});
  }
  for (const Calendar& calendar : workspace.calendars) {
    Json week = Json::object();
    for (size_t i = 0; i < kDays.size(); ++i) {
      if (calendar.week[i].empty()) continue;
      Json spans = Json::array();
      for (const TimeSpan& span : calendar.week[i]) {
        spans.push_back(Json::array({time(span.first), time(span.second)}));
      }
      week[std::string(kDays[i])] = std::move(spans);
    }
    Json holidays = Json::array();
    for (const Date& day : calendar.holidays) holidays.push_back(FormatDate(day));
    json["calendars"].push_back({{"id", calendar.id},
                                 {"time_zone", calendar.time_zone},
                                 {"week", std::move(week)},
                                 {"holidays", std::move(holidays)}});
  }
  if (workspace.quiet_hours) {
    json["quiet_hours"] = {{"from", time(workspace.quiet_hours->first)},
                           {"to", time(workspace.quiet_hours->second)}};
  }
  json["templates"] = Json::array();
  for (const WhatsAppTemplate& made : workspace.templates) {
    json["templates"].push_back({{"provider", made.provider},
                                 {"name", made.name},
                                 {"language", made.language},
                                 {"parameters", made.parameters}});
    if (!made.text.empty()) json["templates"].back()["text"] = made.text;
  }
  if (!workspace.retention.is_null()) json["retention"] = workspace.retention;
  return json;
}

Workspace Merge(const Workspace& base, const Workspace& from_snapshot) {
  if (base.closed) return base;
  Workspace merged = base;
  const auto fill = [](std::string& into, const std::string& from) {
    if (!from.empty()) into = from;
  };
  fill(merged.name, from_snapshot.name);
  fill(merged.default_region, from_snapshot.default_region);
  fill(merged.language, from_snapshot.language);
  fill(merged.time_zone, from_snapshot.time_zone);
  fill(merged.currency, from_snapshot.currency);
  if (merged.calendars.empty()) merged.calendars = from_snapshot.calendars;
  if (merged.providers.empty()) merged.providers = from_snapshot.providers;
  if (merged.templates.empty()) merged.templates = from_snapshot.templates;
  if (!merged.quiet_hours) merged.quiet_hours = from_snapshot.quiet_hours;
  return merged;
}

}  // namespace recado::crm
