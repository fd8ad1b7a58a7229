// Any JSON as a rule: it is parsed, checked, printed and read again, then planned and composed for one item.
// Nothing may crash, loop or depend on anything but the input; what was printed must read back equal.
#include <cstdlib>
#include <string_view>

#include "core/plan/plan_json.h"

namespace {

constexpr std::string_view kEvent =
    R"({"id":"e","type":"stage_changed","at":"2026-11-22T09:30:00Z","entity":"deal","entity_id":"D",
  "pipeline":"sales","to":"paid","snapshot":{"deal":{"id":"D","title":"T","amount":{"amount":"1.00","currency":"EUR"},"delivery_date":"2026-12-01",
  "contract":[{"file":"a.pdf"}]},"contacts":[{"id":"C","first_name":"Ana","phones":[{"type":"work","value":"+551130910000"}],
  "emails":[{"type":"work","value":"a@example.com"}],"chats":[{"channel":"t","id":"1"}]}],
  "responsible":{"mailboxes":["e@shop.example"]},"workspace":{"default_region":"BR","currency":"EUR"}}})";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace recado;  // NOLINT: one function
  const Result<Json> document = ParseJson({reinterpret_cast<const char*>(data), size});
  if (!document.ok()) return 0;
  static const crm::Workspace workspace;
  static const Json event = *ParseJson(kEvent);
  for (const rule::Checked& checked : rule::CheckRules(*document, crm::BuiltInSchema(), workspace)) {
    if (checked.rule == nullptr) continue;
    const Json printed = rule::ToJson(checked.rule->rule);
    const rule::ParsedRule again = rule::ParseRule(printed);
    if (!HasErrors(checked.diagnostics) && (!again.rule || !(*again.rule == checked.rule->rule)))
      std::abort();
    Json moved = event;
    moved["entity"] = checked.rule->rule.on.entity;
    moved["pipeline"] = checked.rule->rule.on.pipeline.value_or("");
    moved["to"] = checked.rule->rule.on.stage;
    plan::PlanInput input;
    input.rules = {&checked.rule, 1};
    input.workspace = &workspace;
    const Json answer = plan::PlanEvent(moved, input, OffsetUnit::kBytes);
    if (DumpJson(answer) != DumpJson(plan::PlanEvent(moved, input, OffsetUnit::kBytes))) std::abort();
  }
  return 0;
}
