// The workspace: the company's own settings that rules depend on (formats §2): providers, calendars, quiet
// hours, templates.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"

namespace recado::crm {

struct Line {
  std::string id;
  std::string number;
  std::string name;
};

struct Mailbox {
  std::string address;
  std::string name;
};

// A provider as the core needs it: what it is, what it can do and which bounds it sets. Secrets and addresses
// stay in native/.
struct Provider {
  std::string id;
  std::string kind;  // "twilio", "smtp", "sandbox", …
  std::vector<Line> lines;
  std::vector<Mailbox> mailboxes;
  std::optional<int> max_characters;  // replaces the SMS limit of 200
  Json settings;                      // as given, for what the core does not read

  const Mailbox* FindMailbox(std::string_view address) const;  // ASCII case ignored; null: none
};

using TimeSpan = std::pair<TimeOfDay, TimeOfDay>;  // [from, to); to may be 24:00 (1440)

struct Calendar {
  std::string id;
  std::string time_zone;
  std::vector<TimeSpan> week[7];  // Monday first
  std::vector<Date> holidays;
};

struct WhatsAppTemplate {
  std::string provider;
  std::string name;
  std::string language;
  int parameters = 0;
  std::string text;  // as the vendor approved it; shown, never sent. Empty: not known
};

struct Workspace {
  std::string name;
  std::string default_region;  // ISO 3166, "BR"
  std::string language = "en";
  std::string time_zone = "UTC";
  std::string currency;
  // False where no --workspace is given: every provider, line, channel and mailbox a rule names then counts
  // as present.
  bool closed = false;
  std::vector<Provider> providers;
  std::vector<Calendar> calendars;
  std::optional<TimeSpan> quiet_hours;
  std::vector<WhatsAppTemplate> templates;
  Json retention;  // how long the service keeps messages: carried for it, not judged here. Null: not given

  const Provider* FindProvider(std::string_view id) const;
  // The provider that has this telephone line; null: none.
  const Provider* FindLine(std::string_view id) const;
  const Calendar* FindCalendar(std::string_view id) const;
  // The provider whose mailboxes list this address (ASCII case ignored), and the address; null: none.
  const Provider* FindMailbox(std::string_view address) const;
};

Result<Workspace> ParseWorkspace(const Json& json, Diagnostics& remarks);
Json ToJson(const Workspace& workspace);
// The same reading for a workspace inside another document, at `pointer`; every fault goes to `out`, and what
// could be read comes back. Not closed.
Workspace ReadWorkspace(const Json& json, std::string pointer, Diagnostics& out);

// `base` completed by what a snapshot's own `workspace` says, where base is not closed (formats §2).
Workspace Merge(const Workspace& base, const Workspace& from_snapshot);

}  // namespace recado::crm
