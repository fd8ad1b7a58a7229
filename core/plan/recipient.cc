#include "core/plan/recipient.h"

#include <algorithm>

#include "core/crm/email.h"
#include "core/phone/number.h"
#include "core/text/case.h"

namespace recado::plan {
namespace {

Recipient To(const crm::Snapshot& snapshot, std::string address, std::string type) {
  const crm::Card& card = *snapshot.client();
  const bool is_lead = snapshot.client_kind() == crm::ClientKind::kLead;
  return {snapshot.client_kind(), is_lead && card.id.empty() ? snapshot.entity_id : card.id,
          std::move(address), std::move(type), card.name};
}

// The first or last value of the type; null where there is none.
const crm::TypedValue* Pick(const std::vector<crm::TypedValue>& values, std::string_view type, bool last) {
  const crm::TypedValue* picked = nullptr;
  for (const crm::TypedValue& value : values) {
    if (type != "auto" && value.type != type) continue;
    picked = &value;
    if (!last) break;
  }
  return picked;
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const size_t from = text.find_first_not_of(kBlank);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kBlank) - from + 1);
}

}  // namespace

Resolved ResolvePhone(const crm::Snapshot& snapshot, std::string_view type, const Settings& settings) {
  const crm::Card& card = *snapshot.client();
  if (card.phones.empty()) return Diagnostic::Of(DiagnosticCode::no_phone);
  const crm::TypedValue* phone = Pick(card.phones, type, false);
  if (phone == nullptr) {
    return Diagnostic::Of(DiagnosticCode::no_phone_of_type).With("type", std::string(type));
  }
  auto number = phone::ToE164(phone->value, settings.region());
  if (!number) return Diagnostic::Of(DiagnosticCode::phone_invalid).With("value", phone->value);
  return To(snapshot, std::move(*number), phone->type);
}

Resolved ResolveEmail(const crm::Snapshot& snapshot, std::string_view type, bool use_last) {
  const crm::Card& card = *snapshot.client();
  if (card.emails.empty()) return Diagnostic::Of(DiagnosticCode::no_email);
  const crm::TypedValue* email = Pick(card.emails, type, use_last);
  if (email == nullptr) {
    return Diagnostic::Of(DiagnosticCode::no_email_of_type).With("type", std::string(type));
  }
  std::string address(Trimmed(email->value));
  if (!crm::IsEmailAddress(address)) {
    return Diagnostic::Of(DiagnosticCode::email_invalid).With("value", email->value);
  }
  return To(snapshot, std::move(address), email->type);
}

const crm::Chat* LastChat(const crm::Card& card) {
  const crm::Chat* last = nullptr;
  for (const crm::Chat& chat : card.chats) {
    // Without a moment a chat counts as old; of equals the later in the list is the later.
    if (last == nullptr || !(chat.created < last->created)) last = &chat;
  }
  return last;
}

Resolved ResolveChat(const crm::Snapshot& snapshot) {
  const crm::Chat* chat = LastChat(*snapshot.client());
  if (chat == nullptr) return Diagnostic::Of(DiagnosticCode::no_chat);
  return To(snapshot, chat->id, chat->channel);
}

bool IsSuppressed(const crm::Card& card, std::string_view address, const Settings& settings) {
  if (card.consent.suppressed.empty()) return false;
  const std::string folded = text::FoldCase(address);
  return std::any_of(card.consent.suppressed.begin(), card.consent.suppressed.end(),
                     [&](const std::string& entry) {
                       if (text::FoldCase(Trimmed(entry)) == folded) return true;
                       return address.starts_with('+') && phone::ToE164(entry, settings.region()) == address;
                     });
}

}  // namespace recado::plan
