#include <optional>

#include "core/plan/plan_json.h"
#include "native/cli/batch.h"
#include "native/cli/commands.h"
#include "native/cli/eml.h"

namespace recado::cli {
namespace {

namespace fs = std::filesystem;

std::string Member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::string> OptionalMember(const Json& object, const char* name) {
  const auto found = object.find(name);
  if (found == object.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::string Row(std::string_view label, std::string_view value) {
  std::string out = "  ";
  out.append(label);
  out.append(label.size() < 9 ? 9 - label.size() : 1, ' ');
  out.append(value);
  out.push_back('\n');
  return out;
}

// The text itself, set off by a bar, as it will be read.
std::string Quoted(std::string_view text) {
  std::string out;
  while (true) {
    const size_t end = text.find('\n');
    out += "  │ " + std::string(text.substr(0, end)) + "\n";
    if (end == std::string_view::npos) return out;
    text.remove_prefix(end + 1);
  }
}

std::string RecipientText(const Json& to) {
  std::string out = Member(to, "address");
  if (const std::string type = Member(to, "type"); !type.empty()) out += " (" + type + ")";
  for (const char* kind : {"contact", "company", "lead"}) {
    if (to.contains(kind)) out += ", " + std::string(kind) + " " + Member(to, kind);
  }
  return out;
}

std::string SmsText(const Json& sms) {
  const auto number = [&sms](const char* name) { return std::to_string(sms.value(name, int64_t{0})); };
  const bool one = sms.value("segments", int64_t{0}) == 1;
  return number("characters") + " characters, " + number("units") + " units of " + Member(sms, "encoding") +
         ", " + number("segments") + (one ? " segment" : " segments");
}

std::string ContentText(const Json& content) {
  std::string out;
  if (content.contains("from")) out += Row("From", Member(content, "from"));
  if (content.contains("subject")) out += Row("Subject", Member(content, "subject"));
  if (content.contains("template")) out += Row("Template", Member(content, "template"));
  if (content.contains("parameters")) out += Row("Values", DumpJson(content["parameters"]));
  if (content.contains("play")) out += Row("Play", DumpJson(content["play"]));
  if (content.contains("attachments") && !content["attachments"].empty()) {
    out += Row("Files", DumpJson(content["attachments"]));
  }
  const auto text = OptionalMember(content, "text");
  const auto html = OptionalMember(content, "html");
  if (text && html) out += "  Text\n";
  if (text) out += Quoted(*text);
  if (html) out += "  HTML\n" + Quoted(*html);
  if (content.contains("say"))
    out += Quoted(content["say"].is_object() ? Member(content["say"], "text") : "");
  return out;
}

void PrintText(const Io& io, const Json& plan) {
  for (const Json& delivery : plan["deliveries"]) {
    Print(io.out, Member(delivery, "rule") + ": " + Member(delivery, "channel") + "\n");
    Print(io.out, Row("To", RecipientText(delivery.value("to", Json::object()))));
    if (const auto via = Member(delivery, "provider"); !via.empty()) Print(io.out, Row("Through", via));
    Print(io.out, Row("Due", Member(delivery, "due")));
    if (delivery.contains("sms")) Print(io.out, Row("Length", SmsText(delivery["sms"])));
    Print(io.out, ContentText(delivery.value("content", Json::object())));
  }
  for (const Json& skip : plan["skipped"]) {
    Print(io.out, Member(skip, "rule") + ": not sent, " + Member(skip, "reason") + "\n");
    if (const auto why = Member(skip, "message"); !why.empty()) Print(io.out, "  " + why + "\n");
  }
}

// The attachments of a composed e-mail, read from beside the rule. The core has made sure that they are
// there.
std::vector<EmlAttachment> AttachmentsOf(const Json& content, const fs::path& folder) {
  std::vector<EmlAttachment> out;
  for (const Json& attachment : content.value("attachments", Json::array())) {
    const std::string file =
        attachment.is_object() ? Member(attachment, "file") : attachment.get<std::string>();
    const std::string name = attachment.is_object() ? Member(attachment, "name") : std::string();
    if (!FileIsBeside(folder, file)) continue;
    const Result<std::string> bytes = ReadFile(folder / file);
    if (bytes.ok()) out.push_back({name.empty() ? fs::path(file).filename().string() : name, *bytes});
  }
  return out;
}

Eml EmlOf(const Json& delivery, const fs::path& folder, Instant now) {
  const Json content = delivery.value("content", Json::object());
  Eml mail;
  mail.from = Member(content, "from");
  mail.to = Member(delivery.value("to", Json::object()), "address");
  mail.subject = Member(content, "subject");
  mail.text = OptionalMember(content, "text");
  mail.html = OptionalMember(content, "html");
  mail.attachments = AttachmentsOf(content, folder);
  mail.key = Member(delivery, "key");
  mail.date = now;
  return mail;
}

// html and eml show one e-mail.
int PrintEmail(const Io& io, const Json& plan, const PreviewOptions& options, const fs::path& folder,
               Instant now) {
  for (const Json& delivery : plan["deliveries"]) {
    const Json content = delivery.value("content", Json::object());
    if (Member(delivery, "channel") != "email") continue;
    if (options.format == PreviewFormat::kEml) {
      Print(io.out, ToEml(EmlOf(delivery, folder, now)));
      return kFine;
    }
    if (const auto html = OptionalMember(content, "html")) {
      PrintLine(io.out, *html);
      return kFine;
    }
    PrintLine(io.err, "recado: this e-mail has no html, only text");
    return kInputHasErrors;
  }
  for (const Json& skip : plan["skipped"]) {
    PrintLine(io.err, "recado: not sent: " + Member(skip, "message") + " [" + Member(skip, "reason") + "]");
  }
  if (plan["skipped"].empty())
    PrintLine(io.err, "recado: there is no e-mail in this rule; try --format text");
  return kInputHasErrors;
}

// One plan object of all rules in the file; the usual file has one.
Json PreviewAll(const Inputs& inputs, const Json& record, const plan::PlanInput& input, Instant now) {
  Json merged = {{"event", "preview"}, {"deliveries", Json::array()}, {"skipped", Json::array()}};
  for (const rule::CompiledRulePtr& rule : inputs.rules()) {
    Json one = plan::PreviewRule(rule, record, input, now, OffsetUnit::kBytes);
    if (IsFaulty(one) || inputs.rules().size() == 1) return one;
    for (const char* list : {"deliveries", "skipped"}) {
      for (Json& entry : one[list]) merged[list].push_back(std::move(entry));
    }
  }
  return merged;
}

}  // namespace

int RunPreview(const Io& io, const PreviewOptions& options, Instant clock) {
  Inputs inputs;
  inputs.ReadSurroundings(options.surroundings);
  inputs.ReadRules(options.rule);
  const std::optional<Json> record = inputs.ReadJson(options.record);
  for (const Finding& finding : inputs.findings()) Print(io.err, TextOf(finding, options.language, false));
  if (inputs.has_unreadable()) return kWrongUsage;
  if (!record || inputs.rules().empty()) return kInputHasErrors;

  const fs::path folder = fs::path(options.rule).parent_path();
  const Instant now = options.now.value_or(clock);
  plan::PlanInput input;
  input.workspace = &inputs.workspace();
  input.now = now;
  input.language = options.language;
  input.world.has_file = [folder](std::string_view file) { return FileIsBeside(folder, file); };
  const Json plan = PreviewAll(inputs, *record, input, now);
  if (IsFaulty(plan)) {
    PrintLine(options.format == PreviewFormat::kJson ? io.out : io.err, DumpJson(plan));
    return kInputHasErrors;
  }
  if (options.format == PreviewFormat::kHtml || options.format == PreviewFormat::kEml) {
    return PrintEmail(io, plan, options, folder, now);
  }
  if (options.format == PreviewFormat::kJson) {
    PrintLine(io.out, DumpJson(plan));
  } else {
    PrintText(io, plan);
  }
  return plan["skipped"].empty() && !inputs.has_errors() ? kFine : kInputHasErrors;
}

}  // namespace recado::cli
