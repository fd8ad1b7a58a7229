// What customers follow: links in e-mails, the way out, invitations to a bot. And what is known of their
// chats.
#include <algorithm>

#include "core/plan/invitation.h"
#include "core/text/time_zone.h"
#include "native/dispatch/impl.h"
#include "native/dispatch/links.h"
#include "native/store/message_json.h"

namespace recado::dispatch {
namespace {

// Every state: what a customer does with a message changes nothing about how it was sent.
const std::vector<Status> kAny = {Status::kScheduled, Status::kDue,       Status::kInFlight,
                                  Status::kAccepted,  Status::kDelivered, Status::kFailed,
                                  Status::kAmbiguous, Status::kCancelled, Status::kSkipped};

crm::Card* ClientOf(crm::Snapshot& snapshot) {
  switch (snapshot.client_kind()) {
    case crm::ClientKind::kContact:
      return &snapshot.contacts.front();
    case crm::ClientKind::kCompany:
      return &*snapshot.company;
    case crm::ClientKind::kLead:
      return &*snapshot.lead;
    case crm::ClientKind::kNone:
      break;
  }
  return nullptr;
}

// "pt-BR" in an address; what is no language tag is left out.
bool IsLanguageTag(std::string_view tag) {
  return !tag.empty() && tag.size() <= 35 && std::all_of(tag.begin(), tag.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
  });
}

}  // namespace

// ---- Addresses made

std::string Engine::Impl::UnsubscribeUrl(std::string_view key, std::string_view language) const {
  if (options.public_url.empty()) return {};
  std::string url = options.public_url + "/u/" + tokens.Of(Purpose::kUnsubscribe, key, "");
  if (IsLanguageTag(language)) url.append("?lang=").append(language);
  return url;
}

std::string Engine::Impl::InvitationLink(std::string_view key, std::string_view channel,
                                         const crm::Workspace& workspace) const {
  const std::string bot = plan::BotName(workspace.FindProvider(channel));
  if (bot.empty()) return {};
  return plan::InvitationLink(bot, tokens.Of(Purpose::kInvitation, key, channel));
}

void Engine::Impl::AddWaysBack(const Delivery& row, provider::Outgoing& outgoing) {
  plan::Message& message = outgoing.message;
  if (message.channel != rule::Channel::kEmail || options.public_url.empty()) return;
  const rule::CompiledRulePtr rule = FindRevision(store, *settings, row.rule_id, row.rule_revision);
  outgoing.marketing = rule != nullptr && !rule->rule.transactional;
  // Whose mails offer nothing need not be asked for their language.
  const crm::Provider* server = settings->workspace.FindProvider(row.provider);
  const bool all = server != nullptr && server->settings.value("list_unsubscribe", Json()) == "all";
  if (outgoing.marketing || all) {
    std::string language = settings->workspace.language;
    const SnapshotPtr snapshot = row.event_seq != 0 ? NewestSnapshot(row) : nullptr;
    const crm::Card* client = snapshot != nullptr ? snapshot->client() : nullptr;
    if (client != nullptr && !client->language.empty()) language = client->language;
    outgoing.unsubscribe_url = UnsubscribeUrl(row.key, language);
  }
  if (!message.track_clicks) return;
  const auto track = [&](const std::string& url) {
    return options.public_url + "/t/" + tokens.Of(Purpose::kClick, row.key, url);
  };
  const std::string own = options.public_url + "/u/";
  if (message.html) message.html = WithTrackedLinks(*message.html, own, track);
  const bool text_too = server != nullptr && server->settings.value("track_text", Json()) == true;
  if (message.plain && text_too) message.plain = WithTrackedTextLinks(*message.plain, own, track);
}

// ---- Addresses followed

std::optional<Delivery> Engine::Impl::DeliveryOf(std::string_view token, Purpose purpose,
                                                 std::string_view subject) {
  const std::optional<std::string> prefix = Tokens::PrefixOf(token);
  if (!prefix) return std::nullopt;
  const auto rows = store.DeliveriesByPrefix(*prefix);
  if (!rows.ok()) return std::nullopt;
  for (const Delivery& row : *rows) {
    if (tokens.Fits(token, purpose, row.key, subject)) return row;
  }
  return std::nullopt;
}

Result<std::optional<std::string>> Engine::FollowLink(const std::string& token, bool counts, Instant now) {
  const std::optional<std::string> prefix = Tokens::PrefixOf(token);
  if (!prefix) return std::optional<std::string>();
  const auto rows = impl_->store.DeliveriesByPrefix(*prefix);
  if (!rows.ok()) return rows.error();
  for (const Delivery& row : *rows) {
    const Result<plan::Message> message = store::UnpackMessage(row.message);
    if (!message.ok() || !message->track_clicks) continue;
    const std::string own = impl_->options.public_url + "/u/";
    std::vector<Link> links = message->html ? LinksOf(*message->html, own) : std::vector<Link>();
    // Whatever the setting says by now: the mail may have been sent under another.
    for (Link& link : message->plain ? TextLinksOf(*message->plain, own) : std::vector<Link>()) {
      links.push_back(std::move(link));
    }
    for (const Link& link : links) {
      if (!impl_->tokens.Fits(token, Purpose::kClick, row.key, link.url)) continue;
      const auto clicks = std::count_if(row.history.begin(), row.history.end(),
                                        [](const HistoryEntry& entry) { return entry.what == "clicked"; });
      if (counts && clicks < static_cast<std::ptrdiff_t>(kMaxClicksKept)) {
        DeliveryChange change{.seq = row.seq, .expected = kAny};
        change.entries = {Entry(now, "clicked", link.url)};
        // Whoever clicked goes on at once; a disk that is full must not keep them from the shop.
        impl_->store.ChangeDeliveries({std::move(change)}, now, [](const auto&) {});
      }
      return std::optional<std::string>(link.url);
    }
  }
  return std::optional<std::string>();
}

Result<std::optional<Engine::Unsubscribing>> Engine::FindUnsubscribing(const std::string& token) {
  const std::optional<Delivery> row = impl_->DeliveryOf(token, Purpose::kUnsubscribe, "");
  // An address that was made in a preview or a text that was never sent names nobody.
  if (!row || row->address.empty()) return std::optional<Unsubscribing>();
  const bool erased = store::IsFingerprint(row->address);
  const std::string address = erased ? row->address : store::ListedAddress(row->channel, row->address);
  const auto listed = impl_->store.FindSuppression(row->channel, address);
  if (!listed.ok()) return listed.error();
  return std::optional<Unsubscribing>(
      Unsubscribing{address, erased, row->channel, listed->has_value(), workspace().name});
}

Result<std::optional<Engine::Unsubscribing>> Engine::Unsubscribe(const std::string& token, Instant now) {
  Result<std::optional<Unsubscribing>> found = FindUnsubscribing(token);
  if (!found.ok() || !*found || (*found)->done) return found;
  const std::optional<Delivery> row = impl_->DeliveryOf(token, Purpose::kUnsubscribe, "");
  if (!row) return std::optional<Unsubscribing>();
  DeliveryChange change{.seq = row->seq, .expected = kAny};
  change.entries = {Entry(now, "unsubscribed", (*found)->address)};
  change.suppress = store::Suppression{.channel = row->channel,
                                       .address = (*found)->address,
                                       .reason = "By the link in a message.",
                                       .by = "customer",
                                       .created_at = now,
                                       .kind = store::SuppressionKind::kUnsubscribed,
                                       .delivery = row->key};
  const auto written = store::Await<std::vector<bool>>(
      [&](auto done) { impl_->store.ChangeDeliveries({std::move(change)}, now, done); });
  if (!written.ok()) return written.error();
  (*found)->done = true;
  return found;
}

Result<std::optional<store::File>> Engine::FindFile(const std::string& token, Instant now) {
  constexpr int64_t kDayMs = 86'400'000;
  const std::optional<std::string> prefix = Tokens::PrefixOf(token);
  if (!prefix) return std::optional<store::File>();
  const auto rows = impl_->store.DeliveriesByPrefix(*prefix);
  if (!rows.ok()) return rows.error();
  for (const Delivery& row : *rows) {
    const Result<plan::Message> message = store::UnpackMessage(row.message);
    if (!message.ok() || now.ms > row.due.ms + kFileLinkDays * kDayMs) continue;
    for (const plan::EmailAttachment& attachment : message->attachments) {
      if (!impl_->tokens.Fits(token, Purpose::kFile, row.key, attachment.file)) continue;
      Result<store::File> file = impl_->store.FindFile(attachment.file);
      if (!file.ok()) return std::optional<store::File>();
      // As the message calls it, not as the store does.
      if (!attachment.name.empty()) file->name = attachment.name;
      return std::optional<store::File>(*std::move(file));
    }
  }
  return std::optional<store::File>();
}

// ---- Days and limits

store::DailyCount CountOf(const crm::Provider& provider, const crm::Workspace& workspace, Instant now) {
  store::DailyCount count{.provider = provider.id};
  const auto limit = provider.settings.find("daily_limit");
  if (limit == provider.settings.end() || !limit->is_number_integer()) return count;
  count.limit = limit->get<int64_t>();
  count.day = DaysFromDate(text::ToLocal(now, workspace.time_zone).date);
  return count;
}

std::optional<store::DailyCount> GivenBack(const Work& work) {
  std::optional<store::DailyCount> count = work.counted;
  if (count) count->give_back = true;
  return count;
}

// ---- Chats

SnapshotPtr WithKnownChats(store::Store& store, SnapshotPtr snapshot, const crm::Workspace& workspace) {
  const auto chats = store.ChatsOf(CustomerOf(*snapshot));
  if (!chats.ok() || chats->empty() || snapshot->client() == nullptr) return snapshot;
  auto richer = std::make_shared<crm::Snapshot>(*snapshot);
  crm::Card* client = ClientOf(*richer);
  for (const store::ChatRow& chat : *chats) {
    const bool listed = std::any_of(client->chats.begin(), client->chats.end(), [&](const crm::Chat& one) {
      return one.channel == chat.provider && one.id == chat.chat_id;
    });
    if (listed || workspace.FindProvider(chat.provider) == nullptr) continue;
    client->chats.push_back({.channel = chat.provider, .id = chat.chat_id, .created = chat.created_at});
  }
  return richer;
}

}  // namespace recado::dispatch
