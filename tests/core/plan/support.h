// What the tests of core/plan share: a sample item, and one-line answers.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "core/plan/plan_json.h"

namespace recado::plan {

inline Json J(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? *json : Json();
}

inline Instant At(std::string_view text) {
  return *ParseInstant(text);
}

// `base` with members replaced: RFC 7396 merge patch, where null removes.
inline Json Patched(Json base, std::string_view patch) {
  base.merge_patch(J(patch));
  return base;
}

inline Json SampleSnapshot(std::string_view patch = "{}") {
  return Patched(J(R"({
    "deal": {"id": "D-7", "title": "Two bikes", "number": "1042", "pipeline": "sales", "stage": "paid",
             "amount": {"amount": "1299.00", "currency": "EUR"}, "tracking_number": "PL123", "delivery_date": "2026-12-01",
             "contract": [{"file": "files/contract.pdf", "name": "Contract.pdf"}]},
    "contacts": [{"id": "C-1", "first_name": "Ana", "last_name": "Souza", "language": "en", "time_zone": "America/Sao_Paulo",
                  "phones": [{"type": "work", "value": "+55 11 3091-0000"}, {"type": "mobile", "value": "+5511912345678"},
                             {"type": "mobile", "value": "+5511900000000"}],
                  "emails": [{"type": "home", "value": "ana@example.com"}, {"type": "work", "value": "work1@example.com"},
                             {"type": "work", "value": "work2@example.com"}],
                  "chats": [{"channel": "telegram-1", "id": "991", "created": "2026-11-01T10:00:00Z"}],
                  "consent": {"marketing": true}}],
    "company": {"id": "K-1", "name": "Souza Ltda", "phones": [{"type": "fax", "value": "+551130919999"}],
                "emails": [{"type": "mailing", "value": "news@souza.example"}]},
    "responsible": {"id": "U-1", "name": "Eva Lind", "mailboxes": ["eva@shop.example", "eva2@shop.example"],
                    "last_used_mailbox": "sales@shop.example"},
    "workspace": {"name": "Bike Shop", "default_region": "BR", "language": "en", "time_zone": "America/Sao_Paulo", "currency": "EUR"}
  })"),
                 patch);
}

// The members of the one contact replaced.
inline Json WithContact(std::string_view patch) {
  Json snapshot = SampleSnapshot();
  snapshot["contacts"][0].merge_patch(J(patch));
  return snapshot;
}

inline Json SmsRule(std::string_view patch = "{}") {
  return Patched(J(R"({"id":"sms","on":{"entity":"deal","pipeline":"sales","stage":"paid"},
      "action":{"type":"send_sms","text":"Hi {{ contact.first_name }}","provider":"sms-main"}})"),
                 patch);
}

inline Json MailRule(std::string_view patch = "{}") {
  return Patched(J(R"({"id":"mail","on":{"entity":"deal","stage":"paid"},
      "action":{"type":"send_email","subject":"Order {{ deal.number }}","text":"Hi {{ contact.first_name }}"}})"),
                 patch);
}

inline Json ActionRule(std::string_view action) {
  Json rule = SmsRule();
  rule["action"] = J(action);
  return rule;
}

inline rule::CompiledRulePtr Compile(const Json& rule, const crm::Workspace& workspace = {}) {
  const rule::Checked checked = rule::CheckRule(rule, crm::BuiltInSchema(), workspace);
  EXPECT_NE(checked.rule, nullptr) << Dump(checked.diagnostics);
  return checked.rule;
}

inline crm::Workspace ClosedWorkspace(std::string_view patch = "{}") {
  Diagnostics remarks;
  const auto workspace = crm::ParseWorkspace(
      Patched(
          J(R"({"name":"Shop","default_region":"BR","language":"en","time_zone":"America/Sao_Paulo","currency":"EUR",
        "providers":[
          {"id":"sms-main","kind":"twilio","settings":{"lines":[{"id":"line-1","number":"+551130000000","name":"Desk"}]}},
          {"id":"mail","kind":"smtp","settings":{"mailboxes":[{"address":"eva@shop.example","name":"Eva at Shop"},{"address":"sales@shop.example"}]}},
          {"id":"telegram-1","kind":"telegram"},{"id":"wa","kind":"edna"}]})"),
          patch),
      remarks);
  EXPECT_TRUE(workspace.ok());
  return *workspace;
}

inline Json Event(const Json& snapshot, std::string_view patch = "{}") {
  Json event =
      J(R"({"id":"evt-1","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D-7",
      "pipeline":"sales","from":"new","to":"paid"})");
  event["snapshot"] = snapshot;
  event.merge_patch(J(patch));
  return event;
}

inline Json Answer(const std::vector<Json>& rules, const Json& snapshot, const crm::Workspace& workspace = {},
                   std::string_view event_patch = "{}", World world = {}) {
  std::vector<rule::CompiledRulePtr> compiled;
  for (const Json& rule : rules) compiled.push_back(Compile(rule, workspace));
  PlanInput input;
  input.rules = compiled;
  input.workspace = &workspace;
  input.world = std::move(world);
  return PlanEvent(Event(snapshot, event_patch), input, OffsetUnit::kBytes);
}

// "+551130910000 work: Hi Ana" for a message, the reason for none.
inline std::string Outcome(const Json& rule, const Json& snapshot, const crm::Workspace& workspace = {},
                           World world = {}) {
  const Json answer = Answer({rule}, snapshot, workspace, "{}", std::move(world));
  if (answer.contains("error")) return DumpJson(answer);
  if (!answer["skipped"].empty()) return answer["skipped"][0]["reason"].get<std::string>();
  if (answer["deliveries"].empty()) return "nothing";
  const Json& delivery = answer["deliveries"][0];
  std::string text;
  for (const char* member : {"text", "html"}) {
    if (text.empty() && delivery["content"].contains(member))
      text = delivery["content"][member].get<std::string>();
  }
  return delivery["to"]["address"].get<std::string>() + " " + delivery["to"]["type"].get<std::string>() +
         ": " + text;
}

}  // namespace recado::plan
