// Rule: the document of formats §1: on which stage entry, under which conditions, when, and what to do.
//
// Six actions as a variant. ParseRule reads the document and reports every fault of form with its JSON
// pointer; Check (check.h) then judges what it says against schema and workspace. ToJson(ParseRule(x)) gives
// an equal document: parse(dump(x)) == x.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/instant.h"
#include "core/base/json.h"

namespace recado::rule {

struct Trigger {
  std::string entity;
  std::optional<std::string> pipeline;  // absent: any
  std::string stage;
  friend bool operator==(const Trigger&, const Trigger&) = default;
};

enum class Operator : uint8_t {
  kEq,
  kNe,
  kGt,
  kGe,
  kLt,
  kLe,
  kIn,
  kNotIn,
  kBetween,
  kNotBetween,
  kContains,
  kNotContains,
  kStartsWith,
  kEndsWith,
  kEmpty,
  kNotEmpty,
};
std::string_view OperatorName(Operator op);         // "eq", "not_between", …
std::span<const std::string_view> OperatorNames();  // in the order of the enum

// A condition tree as a flat array: node 0 is the root; a group's children are listed by index. Nothing
// recurses over it.
struct ConditionNode {
  enum class Kind : uint8_t { kAll, kAny, kTest } kind = Kind::kTest;
  std::vector<uint32_t> children;  // of a group
  std::string field;               // of a test: "deal.amount"
  Operator op = Operator::kEq;
  Json value;        // as given; null for empty / not_empty
  std::string path;  // JSON pointer in the rule
  friend bool operator==(const ConditionNode&, const ConditionNode&) = default;
};
struct Conditions {
  std::vector<ConditionNode> nodes;  // empty: no conditions, always true
  friend bool operator==(const Conditions&, const Conditions&) = default;
};

enum class Run : uint8_t { kImmediately, kAfter, kBefore, kAt };
struct Timing {
  Run run = Run::kImmediately;
  std::optional<Period> delay;
  std::optional<std::string> field;  // "deal.delivery_date"
  std::optional<TimeOfDay> time;
  std::optional<std::string> business_hours;  // calendar id
  bool responsible_hours = false;
  bool wait_for_previous = false;
  bool client_zone = false;  // "zone": "client"
  friend bool operator==(const Timing&, const Timing&) = default;
};

enum class Policy : uint8_t { kAtMostOnce, kAtLeastOnce };
enum class OverLimit : uint8_t { kSkip, kTruncate };

// An attachment: files in a field of the item, or one file of the store (R-077,
//
struct Attachment {
  std::optional<std::string> field;
  std::optional<std::string> file;
  friend bool operator==(const Attachment&, const Attachment&) = default;
};

struct SendSms {
  std::string text;
  std::string phone_type = "auto";
  std::string provider;
  friend bool operator==(const SendSms&, const SendSms&) = default;
};
struct SendEmail {
  enum class From : uint8_t { kResponsible, kLastUsed, kAddress } from = From::kResponsible;
  std::string from_address;  // with kAddress
  std::string subject;
  std::optional<std::string> html;
  std::optional<std::string> text;
  std::string email_type = "auto";
  bool use_last = false;  // use_address
  std::vector<Attachment> attachments;
  bool track_clicks = false;
  friend bool operator==(const SendEmail&, const SendEmail&) = default;
};
struct Say {
  std::string text;
  std::string voice;
  std::string language;
  int rate = 100;    // percent, 20–200
  int volume = 100;  // percent, 20–200
  friend bool operator==(const Say&, const Say&) = default;
};
struct MakeCall {
  std::string line;
  std::string phone_type = "auto";
  std::optional<Say> say;
  std::optional<std::string> play_url;
  friend bool operator==(const MakeCall&, const MakeCall&) = default;
};
struct SendChatMessage {
  std::string text;
  bool hidden = false;
  std::vector<Attachment> attachments;
  friend bool operator==(const SendChatMessage&, const SendChatMessage&) = default;
};
struct SendWhatsApp {
  std::string provider;
  std::string template_name;
  std::string language;
  std::vector<std::pair<std::string, std::string>> parameters;  // name or position → Liquid, in order
  std::string phone_type = "auto";
  friend bool operator==(const SendWhatsApp&, const SendWhatsApp&) = default;
};
struct InviteToMessenger {
  std::string channel;
  std::string provider;
  std::string phone_type = "auto";
  std::string text;
  friend bool operator==(const InviteToMessenger&, const InviteToMessenger&) = default;
};
using Action = std::variant<SendSms, SendEmail, MakeCall, SendChatMessage, SendWhatsApp, InviteToMessenger>;

// "sms email call chat whatsapp"; an invitation is "sms".
enum class Channel : uint8_t { kSms, kEmail, kCall, kChat, kWhatsApp };
std::string_view ChannelName(Channel channel);
std::optional<Channel> ChannelFromName(std::string_view name);
Channel ChannelOf(const Action& action);
std::string_view ActionTypeName(const Action& action);  // "send_sms", …
std::span<const std::string_view> ActionTypeNames();    // in the order of the variant

struct Rule {
  std::string id;
  std::string name;
  bool enabled = true;
  int64_t position = 0;
  bool transactional = true;
  Trigger on;
  Conditions conditions;
  Timing timing;
  Action action;
  std::optional<Policy> policy;  // absent: DefaultPolicy(channel)
  OverLimit over_limit = OverLimit::kSkip;

  Channel channel() const { return ChannelOf(action); }
  friend bool operator==(const Rule&, const Rule&) = default;
};

// at_most_once for calls and SMS, at_least_once for e-mail; chat and WhatsApp as SMS.
Policy DefaultPolicy(Channel channel);

struct ParsedRule {
  std::optional<Rule> rule;  // absent where form faults leave nothing to work with
  Diagnostics diagnostics;   // errors of form and unknown_member warnings
};
ParsedRule ParseRule(const Json& json);
Json ToJson(const Rule& rule);

// A document holds one rule or {"rules":[…]} (formats §1); paths of the second form begin with /rules/n.
std::vector<ParsedRule> ParseRules(const Json& document);

}  // namespace recado::rule
