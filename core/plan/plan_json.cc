#include "core/plan/plan_json.h"

#include <algorithm>

#include "core/plan/match.h"

namespace recado::plan {
namespace {

Json SmsJson(const sms::SmsCount& count) {
  return {{"encoding", count.encoding == sms::Encoding::kGsm7 ? "gsm7" : "ucs2"},
          {"units", count.units},
          {"segments", count.segments},
          {"characters", count.characters}};
}

Json AttachmentsJson(const std::vector<EmailAttachment>& attachments) {
  Json list = Json::array();
  for (const EmailAttachment& attachment : attachments) {
    list.push_back({{"name", attachment.name}, {"file", attachment.file}});
  }
  return list;
}

Json EmailJson(const Message& message) {
  Json json = {{"from", message.from}, {"subject", message.subject}};
  if (message.html) json["html"] = *message.html;
  if (message.plain) json["text"] = *message.plain;
  json["attachments"] = AttachmentsJson(message.attachments);
  return json;
}

Json CallJson(const Message& message) {
  Json json = Json::object();
  if (message.say) {
    json["say"] = {{"text", message.say->text},
                   {"voice", message.say->voice},
                   {"language", message.say->language},
                   {"rate", message.say->rate},
                   {"volume", message.say->volume}};
  }
  if (message.play_url) json["play"] = {{"url", *message.play_url}};
  return json;
}

Json ChatJson(const Message& message) {
  Json json = {{"text", message.text}, {"hidden", message.hidden}};
  if (!message.attachments.empty()) json["attachments"] = AttachmentsJson(message.attachments);
  return json;
}

Json WhatsAppJson(const Message& message) {
  Json parameters = Json::object();
  for (const auto& [name, value] : message.parameters) parameters[name] = value;
  return {{"template", message.template_name},
          {"language", message.language},
          {"parameters", std::move(parameters)}};
}

// The first error names the trouble; `diagnostics` holds all of it.
Json ErrorJson(const Diagnostics& diagnostics, OffsetUnit unit, std::string_view language) {
  const auto first = std::find_if(diagnostics.begin(), diagnostics.end(),
                                  [](const Diagnostic& d) { return d.severity == Severity::kError; });
  Json error = ToJson(first == diagnostics.end() ? diagnostics.front() : *first, unit, language);
  error["diagnostics"] = ToJson(diagnostics, unit, language);
  Json json = Json::object();
  json["error"] = std::move(error);
  return json;
}

// When a message is written: at the moment it is due, or at the `now` that was asked for where it is due at
// once.
Instant WritingTime(Instant due, const crm::Event& event, const std::optional<Instant>& now) {
  if (!now) return due;
  return due > event.at ? std::max(due, *now) : *now;
}

// Plans and composes one rule, into the answer's `deliveries` or `skipped`.
void Answer(const rule::CompiledRulePtr& rule, const crm::Event& event, const crm::Snapshot& snapshot,
            const PlanInput& input, OffsetUnit unit, Json& answer) {
  auto planned = PlanOne(rule, event, snapshot, *input.workspace);
  if (const auto* skip = std::get_if<Skip>(&planned)) {
    answer["skipped"].push_back(SkipJson(*skip, input.language));
    return;
  }
  Intent& intent = std::get<Intent>(planned);
  intent.due = NextAllowed(intent.due, intent.channel, snapshot, *input.workspace);
  const Composed composed = Compose(*rule, intent.key, snapshot, *input.workspace,
                                    WritingTime(intent.due, event, input.now), input.world);
  if (const auto* message = std::get_if<Message>(&composed.outcome)) {
    answer["deliveries"].push_back(DeliveryJson(intent, *message, unit));
  } else {
    const Skip skip{rule->rule.id, std::get<Diagnostic>(composed.outcome)};
    answer["skipped"].push_back(SkipJson(skip, input.language));
  }
}

Json EmptyAnswer(const std::string& event_id) {
  return {{"event", event_id}, {"deliveries", Json::array()}, {"skipped", Json::array()}};
}

}  // namespace

Json RecipientJson(const Recipient& recipient) {
  Json json = Json::object();
  const std::string_view kind = crm::ClientKindName(recipient.kind);
  if (!kind.empty()) json[std::string(kind)] = recipient.id;
  json["address"] = recipient.address;
  json["type"] = recipient.type;
  return json;
}

Json ContentJson(const Message& message) {
  switch (message.channel) {
    case rule::Channel::kEmail:
      return EmailJson(message);
    case rule::Channel::kCall:
      return CallJson(message);
    case rule::Channel::kChat:
      return ChatJson(message);
    case rule::Channel::kWhatsApp:
      return WhatsAppJson(message);
    case rule::Channel::kSms:
      break;
  }
  Json json = Json::object();
  json["text"] = message.text;
  return json;
}

Json DeliveryJson(const Intent& intent, const Message& message, OffsetUnit) {
  Json json = {{"key", intent.key},
               {"rule", intent.rule->rule.id},
               {"channel", rule::ChannelName(intent.channel)},
               {"provider", message.provider},
               {"due", FormatInstant(intent.due)},
               {"to", RecipientJson(message.to)},
               {"content", ContentJson(message)}};
  if (message.sms) json["sms"] = SmsJson(*message.sms);
  return json;
}

Json SkipJson(const Skip& skip, std::string_view language) {
  Json json = {{"rule", skip.rule_id},
               {"reason", CodeName(skip.reason.code)},
               {"message", MessageOf(skip.reason, language)}};
  if (!skip.reason.arguments.empty()) {
    json["arguments"] = Json::object();
    for (const auto& [name, value] : skip.reason.arguments) json["arguments"][name] = value;
  }
  return json;
}

Json PlanEvent(const Json& event_json, const PlanInput& input, OffsetUnit unit) {
  Diagnostics remarks;
  const Result<crm::Event> event = crm::ParseEvent(event_json, remarks);
  if (!event.ok()) return ErrorJson(event.error(), unit, input.language);
  if (event->type != crm::EventType::kStageChanged) return EmptyAnswer(event->id);
  if (!event->snapshot) {
    return ErrorJson(
        {Diagnostic::Of(DiagnosticCode::missing_member).With("what", "snapshot").At("/snapshot")}, unit,
        input.language);
  }
  const Result<crm::Snapshot> snapshot =
      crm::ParseSnapshot(*event->snapshot, event->entity, remarks, "/snapshot");
  if (!snapshot.ok()) return ErrorJson(snapshot.error(), unit, input.language);
  Json answer = EmptyAnswer(event->id);
  for (const rule::CompiledRulePtr& rule : Matching(input.rules, *event)) {
    Answer(rule, *event, *snapshot, input, unit, answer);
  }
  return answer;
}

Json PreviewRule(const rule::CompiledRulePtr& rule, const Json& snapshot_json, const PlanInput& input,
                 Instant now, OffsetUnit unit) {
  Diagnostics remarks;
  const Result<crm::Snapshot> snapshot = crm::ParseSnapshot(snapshot_json, rule->rule.on.entity, remarks);
  if (!snapshot.ok()) return ErrorJson(snapshot.error(), unit, input.language);
  crm::Event event;
  event.id = "preview";
  event.at = now;
  event.entity = rule->rule.on.entity;
  event.entity_id = snapshot->entity_id;
  event.pipeline = rule->rule.on.pipeline.value_or(snapshot->pipeline);
  event.to = rule->rule.on.stage;
  event.snapshot.emplace();  // as if it came with the event: the item counts as standing in the stage
  Json answer = EmptyAnswer(event.id);
  if (rule->rule.enabled) {
    Answer(rule, event, *snapshot, input, unit, answer);
    return answer;
  }
  // A rule that is switched off is shown as it would run: that is what a preview is for.
  auto enabled = std::make_shared<rule::CompiledRule>(*rule);
  enabled->rule.enabled = true;
  Answer(enabled, event, *snapshot, input, unit, answer);
  return answer;
}

}  // namespace recado::plan
