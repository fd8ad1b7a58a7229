// What the tests of rule analysis share: a shop's schema and workspace, and findings in short.
#pragma once

#include <gtest/gtest.h>
#include <string>
#include <string_view>

#include "core/rule/check.h"

namespace recado::rule {

inline Json J(std::string_view text) {
  const Result<Json> json = ParseJson(text);
  EXPECT_TRUE(json.ok()) << text;
  return json.ok() ? *json : Json();
}

inline const crm::Schema& ShopSchema() {
  static const crm::Schema schema = [] {
    Diagnostics remarks;
    return *crm::ParseSchema(
        J(R"({"entities":[{"code":"deal","name":"Deal","pipelines":[{"id":"sales","stages":[
      {"id":"new"},{"id":"paid","max_stay":"P7D"},{"id":"sent","from":["paid"]},{"id":"lost","kind":"lost","from":["limbo"]},
      {"id":"limbo","from":["lost"]}]},{"id":"service","stages":[{"id":"paid"}]}],
      "fields":[{"name":"title","type":"text","required":true,"max_length":40},{"name":"note","type":"text"},
        {"name":"amount","type":"money"},{"name":"rate","type":"decimal"},{"name":"count","type":"integer"},
        {"name":"due","type":"date"},{"name":"meeting","type":"datetime"},{"name":"vip","type":"boolean"},
        {"name":"tags","type":"list"}]},
      {"code":"contact","fields":[{"name":"first_name","type":"text","max_length":30}]}]})"),
        remarks);
  }();
  return schema;
}

inline const crm::Workspace& ShopWorkspace() {
  static const crm::Workspace workspace = [] {
    Diagnostics remarks;
    return *crm::ParseWorkspace(
        J(R"({"name":"Bike Shop","currency":"EUR","language":"en","time_zone":"Europe/Berlin","default_region":"DE",
          "providers":[{"id":"sms-main","kind":"sandbox","settings":{"lines":[{"id":"line-1","number":"+4930123","name":"Desk"}],
             "mailboxes":[{"address":"eva@shop.example","name":"Eva"}]}},
             {"id":"sms-short","kind":"sandbox","settings":{"max_characters":40}}]})"),
        remarks);
  }();
  return workspace;
}

// "warning condition_never /conditions/all/1" a line; "ok" for none. `arguments` adds those named.
inline std::string Brief(const Diagnostics& diagnostics,
                         std::initializer_list<std::string_view> arguments = {}) {
  std::string out;
  for (const Diagnostic& d : diagnostics) {
    if (!out.empty()) out += '\n';
    out += std::string(SeverityName(d.severity)) + " " + std::string(CodeName(d.code)) + " " + d.path;
    for (const std::string_view name : arguments) {
      if (!d.Argument(name).empty()) out += " " + std::string(name) + "=" + std::string(d.Argument(name));
    }
  }
  return out.empty() ? "ok" : out;
}

inline Json RuleWith(std::string_view patch) {
  Json rule = J(
      R"({"id":"r","on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{"type":"send_sms","text":"Hi","provider":"sms-main"}})");
  rule.merge_patch(J(patch));
  return rule;
}

inline Diagnostics Findings(const Json& rule) {
  return CheckRule(rule, ShopSchema(), ShopWorkspace()).diagnostics;
}

}  // namespace recado::rule
