// plan() and compose(): what an event leads to, and what a due intent says.
//
//   event ─► Plan() ─► intents (key, rule, channel, due)  ─► … due …  ─► Compose() ─► message, or the reason
//   for none
//
// Plan decides only which rules run and when. Everything else (condition, recipient, consent, content) is
// decided by Compose, when the intent is due, on the newest snapshot. Preview, simulation, the command line
// and the service call exactly these two. Pure functions of their arguments; deterministic; safe from any
// thread.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/instant.h"
#include "core/crm/snapshot.h"
#include "core/rule/check.h"
#include "core/sms/count.h"

namespace recado::plan {

// Lower-case hex SHA-256 of `rule id \n entity \n entity id \n event id \n channel` (formats §4).
std::string IntentKey(std::string_view rule_id, std::string_view entity, std::string_view entity_id,
                      std::string_view event_id, std::string_view channel);

struct Intent {
  std::string key;
  rule::CompiledRulePtr rule;
  rule::Channel channel{};
  Instant due;
};

// A rule that matched and sends nothing. `reason.code` is one of the codes of formats §4, its arguments say
// what exactly.
struct Skip {
  std::string rule_id;
  Diagnostic reason;
};

struct Planned {
  std::vector<Intent> intents;  // by position, then rule id
  std::vector<Skip> skipped;    // rule_disabled, rule_invalid, stage_left …
};

// The intents of a stage_changed event. Rules whose `on` does not match are not mentioned.
Planned Plan(std::span<const rule::CompiledRulePtr> rules, const crm::Event& event,
             const crm::Snapshot& snapshot, const crm::Workspace& workspace);

// When the rule runs for an item that entered its stage at `entered` (formats §1). Also used to move `due`
// after record_updated.
Result<Instant> DueOf(const rule::Rule& rule, Instant entered, const crm::Snapshot& snapshot,
                      const crm::Workspace& workspace);

struct Recipient {
  crm::ClientKind kind = crm::ClientKind::kNone;
  std::string id;       // "C-1"
  std::string address;  // E.164, e-mail address or chat id
  std::string type;     // the address's own type
  std::string name;
};

struct EmailAttachment {
  std::string name;  // as the customer sees it
  std::string file;  // in the file store, or beside the rule file
};

struct Message {
  rule::Channel channel{};
  std::string provider;  // id; for e-mail the one that owns the mailbox, "" where the workspace is open
  Recipient to;
  // sms, chat
  std::string text;
  std::optional<sms::SmsCount> sms;
  bool hidden = false;
  // email
  std::string from;
  std::string from_name;
  std::string subject;
  std::optional<std::string> html;
  std::optional<std::string> plain;
  std::vector<EmailAttachment> attachments;  // chat too
  bool track_clicks = false;
  // call
  std::string line;
  std::optional<rule::Say> say;  // text rendered
  std::optional<std::string> play_url;
  // whatsapp
  std::string template_name;
  std::string language;
  std::vector<std::pair<std::string, std::string>> parameters;
};

// What only the outside world can answer while composing; the core asks, it never looks itself.
struct World {
  // Whether the file store has this file. Absent: every file counts as there.
  std::function<bool(std::string_view file)> has_file;
  // {{ invite.link }} for this intent. Absent: a sample link.
  std::function<std::string(std::string_view key)> invite_link;
  // {{ unsubscribe_url }} for this intent; "" where there is no such place. Absent: a sample address.
  std::function<std::string(std::string_view key)> unsubscribe_url;
  // Why the address is on the service's suppression list for the channel ("stop_word"); nothing where it is
  // not. Absent: none is.
  std::function<std::optional<std::string>(std::string_view address, rule::Channel channel)> suppression;
};

struct Composed {
  std::variant<Message, Diagnostic> outcome;  // the message, or the reason for none
  bool ok() const { return outcome.index() == 0; }
};

// Decides everything about one due intent. Quiet hours are not decided here: see NextAllowed.
Composed Compose(const rule::CompiledRule& rule, std::string_view key, const crm::Snapshot& snapshot,
                 const crm::Workspace& workspace, Instant now, const World& world = {});

// The first moment at or after `due` outside the workspace's quiet hours in the client's zone (SMS and calls
// only).
Instant NextAllowed(Instant due, rule::Channel channel, const crm::Snapshot& snapshot,
                    const crm::Workspace& workspace);

}  // namespace recado::plan
