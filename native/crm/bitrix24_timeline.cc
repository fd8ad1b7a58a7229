// The timeline's half of Bitrix24Source: what became of messages, as comments on the item.
#include <algorithm>

#include "native/crm/bitrix24_source.h"

namespace recado::directory {
namespace {

using store::Await;
using store::Unit;

constexpr size_t kMaxQuotedBytes = 300;  // of the message's text; the whole of it is in Recado
constexpr int kMaxNoteTries = 20;        // some two hours

std::string TextAt(const Json& json, const char* name) {
  if (!json.is_object()) return {};
  const auto found = json.find(name);
  return found != json.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::string_view ChannelWord(const std::string& channel) {
  if (channel == "sms") return "SMS";
  if (channel == "email") return "E-mail";
  if (channel == "call") return "Call";
  if (channel == "whatsapp") return "WhatsApp message";
  return "Chat message";
}

// BB codes of Bitrix24's comments begin with a bracket; a customer's text must not make one.
std::string Plain(std::string text) {
  std::replace(text.begin(), text.end(), '[', '(');
  std::replace(text.begin(), text.end(), ']', ')');
  return text;
}

std::string Cut(std::string text) {
  if (text.size() <= kMaxQuotedBytes) return text;
  size_t end = kMaxQuotedBytes;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0U) == 0x80U) --end;
  return text.substr(0, end) + "…";
}

// Comments take the names of system types; custom ones and invoices by their number.
std::string OwnerType(const std::string& entity, int type) {
  return type == 1 || type == 2 || type == 7 ? entity : "dynamic_" + std::to_string(type);
}

Bitrix24Client::Call CommentCall(const store::TimelineNote& note, int type) {
  return {"n" + std::to_string(note.seq),
          "crm.timeline.comment.add",
          {{"fields[ENTITY_ID]", note.delivery.entity_id},
           {"fields[ENTITY_TYPE]", OwnerType(note.delivery.entity, type)},
           {"fields[COMMENT]", TimelineText(note)}}};
}

Bitrix24Client::Call SearchCall(const store::TimelineNote& note, int type) {
  return {"n" + std::to_string(note.seq),
          "crm.timeline.comment.list",
          {{"filter[ENTITY_ID]", note.delivery.entity_id},
           {"filter[ENTITY_TYPE]", OwnerType(note.delivery.entity, type)},
           {"order[ID]", "DESC"},
           {"select[0]", "ID"},
           {"select[1]", "COMMENT"}}};
}

bool Mentions(const Json& rows, const std::string& mark) {
  return rows.is_array() && std::any_of(rows.begin(), rows.end(), [&](const Json& row) {
           return TextAt(row, "COMMENT").find(mark) != std::string::npos;
         });
}

}  // namespace

std::string TimelineMark(const store::TimelineNote& note) {
  return "Recado " + note.delivery.key.substr(0, 12) + "-" + std::to_string(note.seq);
}

std::string TimelineText(const store::TimelineNote& note) {
  const store::Delivery& delivery = note.delivery;
  const Result<Json> parsed = ParseJson(delivery.message);
  const Json message = parsed.ok() ? *parsed : Json();
  const Json to = message.is_object() && message.contains("to") ? message["to"] : Json();
  const Json content = message.is_object() && message.contains("content") ? message["content"] : Json();
  std::string text(ChannelWord(delivery.channel));
  if (const std::string address = TextAt(to, "address"); !address.empty()) text += " to " + address;
  text += " — rule " + delivery.rule_id + ": ";
  switch (note.status) {
    case store::Status::kAccepted:
      text += "sent through " + delivery.provider + ".";
      break;
    case store::Status::kDelivered:
      text += "delivered.";
      break;
    case store::Status::kSkipped:
      text += "not sent.";
      break;
    default:
      text += "failed.";
      break;
  }
  if (!delivery.reason.empty() && note.status != store::Status::kAccepted) {
    const Result<Json> reason = ParseJson(delivery.reason_json);
    const std::string sentence = reason.ok() ? TextAt(*reason, "message") : std::string();
    text += " " + (sentence.empty() ? delivery.reason : sentence);
  }
  std::string quoted = TextAt(content, "text");
  if (quoted.empty()) quoted = TextAt(content, "subject");
  if (note.status == store::Status::kAccepted && !quoted.empty()) text += "\n" + Cut(std::move(quoted));
  return Plain(std::move(text)) + "\n(" + TimelineMark(note) + ")";
}

// Those that were tried before and are there already are crossed off; the rest comes back.
Result<std::vector<store::TimelineNote>> Bitrix24Source::NotWritten(std::vector<store::TimelineNote> notes) {
  std::vector<Bitrix24Client::Call> searches;
  for (const store::TimelineNote& note : notes) {
    const auto type = Bitrix24Type(note.delivery.entity, settings_.types);
    if (note.tries > 0 && type) searches.push_back(SearchCall(note, *type));
  }
  if (searches.empty()) return notes;
  const auto answers = client_.Batch(searches);
  if (!answers.ok()) return answers.error();
  std::vector<int64_t> there;
  std::vector<store::TimelineNote> rest;
  for (store::TimelineNote& note : notes) {
    const auto answer = answers->find("n" + std::to_string(note.seq));
    const bool asked = answer != answers->end();
    if (asked && answer->second.ok() && Mentions(*answer->second, TimelineMark(note))) {
      there.push_back(note.seq);
    } else if (!asked || answer->second.ok()) {
      rest.push_back(std::move(note));
    }  // one that could not be asked for waits for its next turn
  }
  const auto ended = Await<Unit>([&](auto done) { store_.EndTimelineNotes(std::move(there), done); });
  if (!ended.ok()) return ended.error();
  return rest;
}

bool Bitrix24Source::WriteTimeline(Instant now) {
  if (!status().empty()) return false;
  const auto due = store_.DueTimelineNotes(now, kNotesATurn);
  if (!due.ok() || due->empty()) return false;
  std::vector<int64_t> ended;
  std::vector<int64_t> claimed;
  std::vector<store::TimelineNote> open;
  for (const store::TimelineNote& note : *due) {
    const bool numeric = note.delivery.entity_id.find_first_not_of("0123456789") == std::string::npos;
    // Items of the built-in directory alone, and what has been refused for hours.
    const bool ours =
        Bitrix24Type(note.delivery.entity, settings_.types) && numeric && note.tries < kMaxNoteTries;
    (ours ? claimed : ended).push_back(note.seq);
    if (ours) open.push_back(note);
  }
  // Before the first byte leaves: a crash behind it must be seen as "may have been written".
  const auto kept = Await<Unit>(
      [&](auto done) { store_.ClaimTimelineNotes(claimed, Instant{now.ms + kNoteAgainMs}, done); });
  if (!kept.ok()) return false;
  Result<std::vector<store::TimelineNote>> rest = NotWritten(std::move(open));
  if (!rest.ok()) {
    Report(rest.TakeError());
    return false;
  }
  std::vector<Bitrix24Client::Call> calls;
  for (const store::TimelineNote& note : *rest) {
    calls.push_back(CommentCall(note, *Bitrix24Type(note.delivery.entity, settings_.types)));
  }
  if (!calls.empty()) {
    const auto answers = client_.Batch(calls, true);
    if (!answers.ok()) Report(answers.error());
    for (const store::TimelineNote& note : *rest) {
      if (!answers.ok()) break;
      const auto& answer = answers->at("n" + std::to_string(note.seq));
      const bool passing = !answer.ok() && (answer.error().front().code == DiagnosticCode::bitrix24_busy ||
                                            answer.error().front().code == DiagnosticCode::bitrix24_answer);
      if (!passing) ended.push_back(note.seq);
    }
  }
  (void)Await<Unit>([&](auto done) { store_.EndTimelineNotes(std::move(ended), done); });
  return due->size() == kNotesATurn;
}

}  // namespace recado::directory
