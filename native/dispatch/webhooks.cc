// What vendors' calls say: what became of our messages, and what customers write. On disk before the vendor
// hears 200.
#include <algorithm>

#include "core/channel/opt_out.h"
#include "core/sms/count.h"
#include "native/dispatch/impl.h"

namespace recado::dispatch {
namespace {

using channel::OptOutMeaning;
using provider::DeliveryState;
using provider::StatusUpdate;

constexpr size_t kMaxQuotedWords = 64;  // bytes of a customer's message that stand on the list

Engine::Report ReportOf(DeliveryState state) {
  switch (state) {
    case DeliveryState::kDelivered:
    case DeliveryState::kRead:
      return Engine::Report::kDelivered;
    case DeliveryState::kUndelivered:
    case DeliveryState::kFailed:
      return Engine::Report::kFailed;
    default:
      return Engine::Report::kAccepted;
  }
}

DeliveryState StateOf(Engine::Report report) {
  if (report == Engine::Report::kDelivered) return DeliveryState::kDelivered;
  return report == Engine::Report::kFailed ? DeliveryState::kFailed : DeliveryState::kSent;
}

// The one short answer to a word of opting out, where the provider is set up so.
struct Confirmation {
  std::string_view language;
  std::string_view text;
};
constexpr Confirmation kConfirmations[] = {
    {"en", "You will get no more messages from us. Reply START to get them again."},
    {"de", "Sie bekommen von uns keine Nachrichten mehr. Mit START geht es wieder los."},
    {"es", "No recibira mas mensajes nuestros. Responda ALTA para volver a recibirlos."},
    {"pl", "Nie bedziemy juz wysylac wiadomosci. Odpisz START, aby je znowu dostawac."},
    {"pt", "Nao enviaremos mais mensagens. Responda VOLTAR para receber de novo."},
};

// Of the word's language; a word that several languages have is answered in the workspace's.
std::string_view ConfirmationIn(std::string_view word_language, std::string_view workspace_language) {
  const std::string_view language =
      word_language == "en" ? workspace_language.substr(0, workspace_language.find('-')) : word_language;
  for (const Confirmation& row : kConfirmations) {
    if (row.language == language) return row.text;
  }
  return kConfirmations[0].text;
}

bool Confirms(const crm::Provider* provider) {
  if (provider == nullptr) return false;
  const auto flag = provider->settings.find("confirm_stop");
  return flag != provider->settings.end() && flag->is_boolean() && flag->get<bool>();
}

// The addresses that a customer means by writing STOP here: where our messages of this kind arrive.
std::vector<store::Suppression> MeantBy(const provider::Incoming& incoming, Instant now) {
  std::vector<store::Suppression> meant;
  std::string words = incoming.text.substr(0, kMaxQuotedWords);
  const auto add = [&](rule::Channel channel, const std::string& address) {
    if (address.empty()) return;
    meant.push_back({.channel = std::string(rule::ChannelName(channel)),
                     .address = address,
                     .reason = words,
                     .by = "customer",
                     .created_at = now,
                     .kind = store::SuppressionKind::kStopWord});
  };
  if (incoming.channel != rule::Channel::kChat) add(incoming.channel, incoming.from);
  add(rule::Channel::kChat, incoming.chat_id);
  return meant;
}

store::Incoming RowOf(const std::string& provider, const provider::Incoming& incoming, Instant now) {
  return {.provider = provider,
          .vendor_id = incoming.id,
          .channel = std::string(rule::ChannelName(incoming.channel)),
          .sender = incoming.from,
          .receiver = incoming.to,
          .chat_id = incoming.chat_id,
          .name = incoming.name,
          .text = incoming.text,
          .at = incoming.at.ms != 0 ? incoming.at : now};
}

bool IsPerson(std::string_view customer) {
  return !customer.empty() && !customer.starts_with("direct:");
}

store::SuppressionKind ListedFor(provider::AddressFault fault) {
  switch (fault) {
    case provider::AddressFault::kDead:
      return store::SuppressionKind::kHardBounce;
    case provider::AddressFault::kComplained:
      return store::SuppressionKind::kComplaint;
    default:
      return store::SuppressionKind::kUnsubscribed;
  }
}

}  // namespace

// ---- Reports

std::optional<store::Suppression> SuppressionFor(const Delivery& row, provider::AddressFault fault,
                                                 const std::string& text, Instant now) {
  if (fault == provider::AddressFault::kNone || row.address.empty()) return std::nullopt;
  return store::Suppression{.channel = row.channel,
                            .address = store::ListedAddress(row.channel, row.address),
                            .reason = text,
                            .by = "system",
                            .created_at = now,
                            .kind = ListedFor(fault),
                            .delivery = row.key};
}

DeliveryChange ReportChange(const Delivery& row, const StatusUpdate& update, Instant now) {
  using Report = Engine::Report;
  const Report report = ReportOf(update.state);
  DeliveryChange change{.seq = row.seq, .expected = {Status::kInFlight, Status::kAmbiguous}};
  if (report != Report::kAccepted) change.expected.push_back(Status::kAccepted);
  change.status = report == Report::kAccepted    ? Status::kAccepted
                  : report == Report::kDelivered ? Status::kDelivered
                                                 : Status::kFailed;
  if (report == Report::kFailed) {
    const Diagnostic reason = Diagnostic::Of(DiagnosticCode::refused_by_provider)
                                  .With("provider", row.provider)
                                  .With("detail", update.text);
    change.reason = std::string(CodeName(reason.code));
    change.reason_json = ReasonJson(reason);
  }
  // Who complains has got it, however often that is known already.
  const bool complained = update.fault == provider::AddressFault::kComplained;
  if (complained) change.expected.push_back(Status::kDelivered);
  if (complained || report == Report::kFailed) {
    change.suppress = SuppressionFor(row, update.fault, update.text, now);
  }
  if (!update.reference.empty()) change.reference = update.reference;
  change.cost = ReportedCost(row.cost, update.price);
  change.set_next_at = true;
  change.retrying = false;
  change.release_waiting = true;
  change.entries = {Entry(now, std::string(StatusName(*change.status)), update.text)};
  return change;
}

void Engine::Reported(const std::string& key, Report report, std::string text, std::string reference,
                      Instant now) {
  const Result<Delivery> row = impl_->store.FindDelivery(key);
  if (!row.ok()) return;
  const StatusUpdate update{
      .key = key, .reference = std::move(reference), .state = StateOf(report), .text = std::move(text)};
  impl_->store.ChangeDeliveries({ReportChange(*row, update, now)}, now, {});
}

Result<provider::WebhookAnswer> Engine::TakeWebhook(std::string_view provider,
                                                    const provider::WebhookCall& call) {
  provider::WebhookAnswer answer = impl_->sender.ReadWebhook(provider, call);
  if (!answer.authentic) return answer;
  const std::string id(provider);
  if (Diagnostics faults = impl_->TakeReports(id, answer.updates, call.at); !faults.empty()) return faults;
  if (Diagnostics faults = impl_->TakeIncoming(*this, id, answer.incoming, call.at); !faults.empty())
    return faults;
  return answer;
}

Diagnostics Engine::Impl::TakeReports(const std::string& provider, const std::vector<StatusUpdate>& updates,
                                      Instant at) {
  std::vector<DeliveryChange> changes;
  std::vector<store::EarlyReport> early;
  for (const StatusUpdate& update : updates) {
    // A vendor speaks of its own messages alone.
    const Result<Delivery> keyed = store.FindDelivery(update.key);
    if (keyed.ok() && keyed->provider == provider) {
      changes.push_back(ReportChange(*keyed, update, at));
      continue;
    }
    if (update.reference.empty()) continue;
    const auto named = store.FindByReference(provider, update.reference);
    if (!named.ok()) return named.error();
    if (*named) {
      changes.push_back(ReportChange(**named, update, at));
    } else {
      early.push_back({.provider = provider,
                       .reference = update.reference,
                       .state = static_cast<int>(update.state),
                       .fault = static_cast<int>(update.fault),
                       .text = update.text,
                       .at = at});
    }
  }
  if (!changes.empty()) {
    const auto written = store::Await<std::vector<bool>>(
        [&](auto done) { store.ChangeDeliveries(std::move(changes), at, done); });
    if (!written.ok()) return written.error();
  }
  if (early.empty()) return {};
  const auto known = store::Await<std::vector<store::EarlyReport>>(
      [&](auto done) { store.KeepReports(std::move(early), Instant{at.ms - kEarlyReportMs}, done); });
  if (!known.ok()) return known.error();
  // Their answers came in between: now they are found.
  std::vector<StatusUpdate> again_updates;
  for (const store::EarlyReport& one : *known) {
    again_updates.push_back({"", one.reference, static_cast<DeliveryState>(one.state), one.text,
                             static_cast<provider::AddressFault>(one.fault)});
  }
  return again_updates.empty() ? Diagnostics() : TakeReports(provider, again_updates, at);
}

void Engine::Impl::ApplyFoundReports() {
  if (reporting || StoreResting() || !inbox->reports_waiting.exchange(false)) return;
  const auto found = store.FoundReports();
  if (!found.ok()) {
    inbox->reports_waiting = true;
    return StoreFailed();
  }
  std::vector<DeliveryChange> changes;
  auto ids = std::make_shared<std::vector<int64_t>>();
  for (const store::EarlyReport& one : *found) {
    const auto row = store.FindByReference(one.provider, one.reference);
    if (!row.ok() || !*row) continue;
    const StatusUpdate update{"", one.reference, static_cast<DeliveryState>(one.state), one.text,
                              static_cast<provider::AddressFault>(one.fault)};
    changes.push_back(ReportChange(**row, update, now));
    ids->push_back(one.id);
  }
  if (changes.empty()) return;
  reporting = true;
  // They are dropped once they have told: a crash in between tells twice, which changes nothing.
  store.ChangeDeliveries(std::move(changes), now, [this, in = inbox, ids](Result<std::vector<bool>> applied) {
    in->Post([this, ids, applied = std::move(applied)] {
      reporting = false;
      if (!applied.ok()) {
        inbox->reports_waiting = true;
        return StoreFailed();
      }
      store.DropReports(*ids, [](const auto&) {});
    });
  });
}

// ---- What customers write

// Starting the bot takes back having blocked it, and binds the chat where an invitation of ours was followed.
// It is no text, so it makes no chat (C-20).
store::NewIncoming Engine::Impl::StartedBot(const std::string& provider, const provider::Incoming& started,
                                            Instant at) {
  store::NewIncoming row;
  row.allow = MeantBy(started, at);
  const std::optional<Delivery> invited = DeliveryOf(started.invitation, Purpose::kInvitation, provider);
  if (!invited || at.ms > invited->due.ms + kInvitationMs) return row;
  row.chat = store::ChatRow{.provider = provider,
                            .chat_id = started.chat_id,
                            .customer = IsPerson(invited->customer) ? invited->customer : "",
                            .name = started.name,
                            .item = {invited->entity, invited->entity_id},
                            .bound_at = at};
  return row;
}

Result<store::NewIncoming> Engine::Impl::NewIncomingOf(const std::string& provider,
                                                       const provider::Incoming& one,
                                                       const std::optional<channel::OptOutWord>& word,
                                                       Instant at) {
  store::NewIncoming row;
  row.message = RowOf(provider, one, at);
  const auto known = store.KnownOf(one.channel == rule::Channel::kChat ? one.chat_id : one.from);
  if (!known.ok()) return known.error();
  row.items = known->items;
  if (IsPerson(known->customer)) row.message->customer = known->customer;
  if (!one.chat_id.empty()) {
    const auto bound = store.FindChat(provider, one.chat_id);
    if (!bound.ok()) return bound.error();
    if (*bound && !(*bound)->customer.empty()) row.message->customer = (*bound)->customer;
    const store::ItemRef item = *bound ? (*bound)->item : store::ItemRef();
    const bool listed = std::find(row.items.begin(), row.items.end(), item) != row.items.end();
    if (!item.entity.empty() && !listed) row.items.push_back(item);
    row.chat = store::ChatRow{.provider = provider,
                              .chat_id = one.chat_id,
                              .customer = row.message->customer,
                              .name = one.name,
                              .created_at = row.message->at};
  }
  if (!word) return row;
  const bool stop = word->meaning == OptOutMeaning::kStop;
  row.message->word = stop ? "stop" : "start";
  (stop ? row.suppress : row.allow) = MeantBy(one, at);
  return row;
}

Diagnostics Engine::Impl::TakeIncoming(Engine& engine, const std::string& provider,
                                       const std::vector<provider::Incoming>& incoming, Instant at) {
  if (incoming.empty()) return {};
  std::vector<store::NewIncoming> rows;
  std::vector<std::optional<channel::OptOutWord>> words;
  for (const provider::Incoming& one : incoming) {
    words.push_back(one.started ? std::nullopt : channel::OptOutWordOf(one.text));
    if (one.started) {
      rows.push_back(StartedBot(provider, one, at));
      continue;
    }
    Result<store::NewIncoming> row = NewIncomingOf(provider, one, words.back(), at);
    if (!row.ok()) return row.TakeError();
    rows.push_back(*std::move(row));
  }
  const auto taken =
      store::Await<std::vector<int64_t>>([&](auto done) { store.TakeIncoming(std::move(rows), at, done); });
  if (!taken.ok()) return taken.error();
  ConfirmStops(engine, provider, incoming, words, *taken, at);
  return {};
}

void Engine::Impl::ConfirmStops(Engine& engine, const std::string& provider,
                                const std::vector<provider::Incoming>& incoming,
                                const std::vector<std::optional<channel::OptOutWord>>& words,
                                const std::vector<int64_t>& taken, Instant at) {
  const SettingsPtr newest = Newest();
  if (newest == nullptr || !Confirms(newest->workspace.FindProvider(provider))) return;
  for (size_t i = 0; i < incoming.size(); ++i) {
    // The same call again is no second word.
    if (taken[i] == 0 || !words[i] || words[i]->meaning != OptOutMeaning::kStop) continue;
    const bool sms = incoming[i].channel == rule::Channel::kSms;
    plan::Message message;
    message.channel = sms ? rule::Channel::kSms : rule::Channel::kChat;
    message.provider = provider;
    message.to.address = sms ? incoming[i].from : incoming[i].chat_id;
    message.text = ConfirmationIn(words[i]->language, newest->workspace.language);
    if (sms) {
      if (Result<sms::SmsCount> count = sms::Count(message.text, {}); count.ok())
        message.sms = *std::move(count);
    }
    engine.SendDirect({std::string(kConfirmationRule), "", "", std::move(message)}, at, [](const auto&) {});
  }
}

}  // namespace recado::dispatch
