#include "core/plan/coverage.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/plan/match.h"
#include "core/plan/ndjson.h"
#include "core/text/grapheme.h"

namespace recado::plan {
namespace {

rule::CompiledRulePtr SwitchedOn(rule::CompiledRulePtr rule) {
  if (rule->rule.enabled) return rule;
  auto on = std::make_shared<rule::CompiledRule>(*rule);
  on->rule.enabled = true;
  return on;
}

// The item enters the rule's stage: the event of a preview.
crm::Event Entering(const rule::Trigger& on, const crm::Snapshot& snapshot, Instant now) {
  crm::Event event;
  event.id = "preview";
  event.at = now;
  event.entity = on.entity;
  event.entity_id = snapshot.entity_id;
  event.pipeline = on.pipeline.value_or(snapshot.pipeline);
  event.to = on.stage;
  event.snapshot.emplace();
  return event;
}

// The one text a reader or listener gets; null where there is none, or several.
const std::string* TextOf(const Message& message) {
  if (message.channel == rule::Channel::kSms || message.channel == rule::Channel::kChat) return &message.text;
  return message.channel == rule::Channel::kCall && message.say ? &message.say->text : nullptr;
}

Json Whole(const Decimal& value) {
  return value.ToInt64().value_or(0);
}

Json Spread(const Distribution& values) {
  return {{"p50", Whole(values.Percentile(50))},
          {"p95", Whole(values.Percentile(95))},
          {"max", Whole(values.Percentile(100))}};
}

}  // namespace

Coverage::Coverage(CoverageInput input) : input_(std::move(input)) {
  input_.rule = SwitchedOn(std::move(input_.rule));
}

void Coverage::Add(std::string_view ndjson) {
  ForEachNdjsonLine(ndjson, [this](const NdjsonLine& line) {
    AddLine(line.text, lines_ + line.number);
    return true;
  });
  lines_ += static_cast<size_t>(std::count(ndjson.begin(), ndjson.end(), '\n'));
  if (!ndjson.empty() && ndjson.back() != '\n') ++lines_;
}

void Coverage::AddLine(std::string_view line, size_t number) {
  ++records_;
  const rule::Trigger& on = input_.rule->rule.on;
  Diagnostics remarks;
  const Result<Json> json = ParseJson(line);
  const Result<crm::Snapshot> snapshot =
      json.ok() ? crm::ParseSnapshot(*json, on.entity, remarks) : Result<crm::Snapshot>(json.error());
  if (!snapshot.ok()) {
    ++unreadable_;
    if (errors_.size() == kMaxCoverageErrors) return;
    errors_.push_back({{"line", number},
                       {"error", recado::ToJson(snapshot.error().front(), input_.unit, input_.language)}});
    return;
  }
  const auto planned =
      PlanOne(input_.rule, Entering(on, *snapshot, input_.now), *snapshot, *input_.workspace);
  if (const auto* skip = std::get_if<Skip>(&planned)) return Skipped(*snapshot, skip->reason);
  const Intent& intent = std::get<Intent>(planned);
  const Instant due = NextAllowed(intent.due, intent.channel, *snapshot, *input_.workspace);
  const Composed composed =
      Compose(*input_.rule, intent.key, *snapshot, *input_.workspace, due, input_.world);
  if (composed.ok()) return Reached(std::get<Message>(composed.outcome));
  Skipped(*snapshot, std::get<Diagnostic>(composed.outcome));
}

void Coverage::Reached(const Message& message) {
  ++reached_;
  if (message.sms) {
    segments_.Add(Decimal(message.sms->segments));
    characters_.Add(Decimal(message.sms->characters));
    if (message.sms->encoding == sms::Encoding::kGsm7) ++gsm7_;
  } else if (const std::string* text = TextOf(message)) {
    characters_.Add(Decimal(static_cast<int64_t>(text::CountGraphemes(*text))));
  }
  CountCost(message);
}

void Coverage::CountCost(const Message& message) {
  const crm::Provider* provider = input_.workspace->FindProvider(message.provider);
  std::optional<Money> cost;
  if (provider != nullptr) cost = prices_.try_emplace(provider, *provider).first->second.CostOf(message);
  if (cost && cost_.empty()) currency_ = cost->currency;
  if (cost && cost->currency == currency_) {
    cost_.Add(cost->amount);
  } else {
    ++unpriced_;
  }
}

void Coverage::Skipped(const crm::Snapshot& snapshot, const Diagnostic& reason) {
  ++skipped_[reason.code];
  if (unreached_.size() == kMaxCoverageUnreached) return;
  const crm::Card* client = snapshot.client();
  unreached_.push_back({{"record", snapshot.entity_id},
                        {"name", client != nullptr ? client->name : std::string()},
                        {"reason", CodeName(reason.code)},
                        {"message", MessageOf(reason, input_.language)}});
}

Json Coverage::CostJson() const {
  // All with as many digits after the point, as one reads a price list.
  const std::optional<Decimal> even = Decimal::Of(0, cost_.scale());
  const auto text = [&even](const std::optional<Decimal>& value) -> Json {
    const std::optional<Decimal> padded = value && even ? value->Plus(*even) : value;
    return padded ? Json(padded->ToString()) : Json();
  };
  Json json = {{"currency", currency_},
               {"p50", text(cost_.Percentile(50))},
               {"p95", text(cost_.Percentile(95))},
               {"max", text(cost_.Percentile(100))},
               {"total", text(cost_.Total())}};
  if (unpriced_ > 0) json["unpriced"] = unpriced_;
  return json;
}

Json Coverage::ToJson() const {
  Json skipped = Json::object();
  for (const auto& [code, count] : skipped_) skipped[std::string(CodeName(code))] = count;
  Json json = {{"rule", input_.rule->rule.id},
               {"records", records_},
               {"reached", reached_},
               {"skipped", std::move(skipped)},
               {"unreached", unreached_}};
  const rule::Channel channel = input_.rule->rule.channel();
  if (channel == rule::Channel::kSms) {
    json["segments"] = Spread(segments_);
    json["segments"]["total"] = Whole(segments_.Total().value_or(Decimal()));
    json["encodings"] = {{"gsm7", gsm7_}, {"ucs2", reached_ - gsm7_}};
  }
  if (channel == rule::Channel::kSms || !characters_.empty()) json["characters"] = Spread(characters_);
  if (!cost_.empty()) json["cost"] = CostJson();
  json["unreadable"] = unreadable_;
  json["errors"] = errors_;
  return json;
}

}  // namespace recado::plan
