// The way back: deliveries by what vendors and customers know of them, what customers write, their chats.
#include <algorithm>

#include "core/base/json.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr size_t kMaxFoundReports = 1'000;  // reports that have found their messages, in one look
constexpr size_t kMinPrefixBytes = 8;

constexpr std::string_view kIncomingColumns =
    "SELECT seq, provider, vendor_id, channel, sender, receiver, chat_id, name, text, word, customer, at, "
    "received_at FROM incoming ";
constexpr std::string_view kChatColumns =
    "SELECT id, provider, chat_id, customer, name, entity, entity_id, bound_at, created_at FROM chats ";

EarlyReport ReadReport(const Cursor& row) {
  return EarlyReport{.id = row.Int(0),
                     .provider = row.Text(1),
                     .reference = row.Text(2),
                     .state = static_cast<int>(row.Int(3)),
                     .fault = static_cast<int>(row.Int(4)),
                     .text = row.Text(5),
                     .at = row.Time(6)};
}

Incoming ReadIncoming(const Cursor& row) {
  return Incoming{.seq = row.Int(0),
                  .provider = row.Text(1),
                  .vendor_id = row.Text(2),
                  .channel = row.Text(3),
                  .sender = row.Text(4),
                  .receiver = row.Text(5),
                  .chat_id = row.Text(6),
                  .name = row.Text(7),
                  .text = row.Text(8),
                  .word = row.Text(9),
                  .customer = row.Text(10),
                  .at = row.Time(11),
                  .received_at = row.Time(12)};
}

ChatRow ReadChat(const Cursor& row) {
  return ChatRow{.id = row.Int(0),
                 .provider = row.Text(1),
                 .chat_id = row.Text(2),
                 .customer = row.Text(3),
                 .name = row.Text(4),
                 .item = {row.Text(5), row.Text(6)},
                 .bound_at = row.MaybeTime(7),
                 .created_at = row.MaybeTime(8)};
}

// 0: the vendor's id is known.
int64_t InsertIncoming(Transaction& tx, const Incoming& m, Instant now) {
  Cursor row = tx.db.Query(
      "INSERT INTO incoming (provider, vendor_id, channel, sender, receiver, chat_id, name, text, word, "
      "customer, "
      "at, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (provider, vendor_id) DO "
      "NOTHING "
      "RETURNING seq",
      m.provider, m.vendor_id, m.channel, m.sender, m.receiver, m.chat_id, m.name, m.text, m.word, m.customer,
      m.at, now);
  return row.Next() ? row.Int(0) : 0;
}

void UpsertChat(Transaction& tx, const ChatRow& chat) {
  Cursor row = tx.db.Query(
      "INSERT INTO chats (provider, chat_id, customer, name, entity, entity_id, bound_at, created_at) VALUES "
      "(?1, "
      "?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (provider, chat_id) DO UPDATE SET "
      "customer = iif(?3 = '', customer, ?3), name = iif(?4 = '', name, ?4), "
      "entity = iif(?6 = '', entity, ?5), entity_id = iif(?6 = '', entity_id, ?6), "
      "bound_at = coalesce(?7, bound_at), created_at = coalesce(created_at, ?8) RETURNING id",
      chat.provider, chat.chat_id, chat.customer, chat.name, chat.item.entity, chat.item.entity_id,
      chat.bound_at, chat.created_at);
  if (row.Next()) tx.news.push_back(Change{.kind = Change::Kind::kChat, .id = std::to_string(row.Int(0))});
}

int64_t TakeOne(Transaction& tx, const NewIncoming& one, Instant now) {
  int64_t seq = 0;
  if (one.message) {
    seq = InsertIncoming(tx, *one.message, now);
    if (seq == 0) return 0;
    tx.news.push_back(Change{.kind = Change::Kind::kIncoming, .id = std::to_string(seq), .seq = seq});
  }
  for (const ItemRef& item : one.items) {
    tx.db.Execute("INSERT OR IGNORE INTO incoming_items (entity_id, entity, incoming_seq) VALUES (?, ?, ?)",
                  item.entity_id, item.entity, seq);
  }
  for (const Suppression& s : one.suppress) {
    if (AddSuppression(tx, s)) AuditSuppression(tx, s, "suppression.put", now);
  }
  for (const Suppression& s : one.allow) {
    tx.db.Execute("DELETE FROM suppressions WHERE address = ? AND channel = ?", s.address, s.channel);
    if (tx.db.changes() == 0) continue;
    tx.news.push_back(Change{.kind = Change::Kind::kSuppression, .id = s.address});
    AuditSuppression(tx, s, "suppression.delete", now);
  }
  if (one.chat) UpsertChat(tx, *one.chat);
  return seq;
}

}  // namespace

// ---- Deliveries by what is known outside

Result<std::vector<Delivery>> SqliteStore::DeliveriesByPrefix(std::string_view key_bytes) {
  if (key_bytes.size() < kMinPrefixBytes) return std::vector<Delivery>();
  return readers_.Read<std::vector<Delivery>>([&](Connection& db) -> Result<std::vector<Delivery>> {
    // Blobs compare byte by byte, so what begins so lies between it and its longest continuation.
    std::string last(key_bytes);
    last.resize(33, '\xFF');
    std::vector<Delivery> deliveries;
    Cursor row = db.Query(
        std::string(kDeliveryColumns) + ", history FROM deliveries WHERE key >= ? AND key <= ? LIMIT 2",
        Blob{key_bytes}, Blob{last});
    while (row.Next()) deliveries.push_back(ReadDeliveryWithHistory(row));
    return deliveries;
  });
}

Result<std::optional<Delivery>> SqliteStore::FindByReference(std::string_view provider,
                                                             std::string_view reference) {
  return readers_.Read<std::optional<Delivery>>([&](Connection& db) -> Result<std::optional<Delivery>> {
    if (reference.empty()) return std::optional<Delivery>();
    Cursor row =
        db.Query(std::string(kDeliveryColumns) +
                     " FROM deliveries WHERE reference = ? AND reference <> '' AND provider = ? ORDER BY "
                     "seq DESC LIMIT 1",
                 reference, provider);
    if (!row.Next()) return std::optional<Delivery>();
    return std::optional<Delivery>(ReadDelivery(row));
  });
}

void SqliteStore::KeepReports(std::vector<EarlyReport> reports, Instant older_than,
                              Done<std::vector<EarlyReport>> done) {
  auto run = [reports = std::move(reports), older_than](Transaction& tx) -> Result<std::vector<EarlyReport>> {
    std::vector<EarlyReport> known;
    tx.db.Execute("DELETE FROM early_reports WHERE at < ?", older_than);
    for (const EarlyReport& r : reports) {
      bool there = false;
      {
        Cursor row = tx.db.Query(
            "SELECT 1 FROM deliveries WHERE reference = ? AND reference <> '' AND provider = ? LIMIT 1",
            r.reference, r.provider);
        there = row.Next();
      }
      if (there) {
        known.push_back(r);
        continue;
      }
      tx.any_early_reports = true;
      tx.db.Execute(
          "INSERT INTO early_reports (provider, reference, state, fault, text, at) VALUES (?, ?, ?, ?, ?, ?)",
          r.provider, r.reference, r.state, r.fault, r.text, r.at);
    }
    return known;
  };
  writer_.Post<std::vector<EarlyReport>>(std::move(run), std::move(done));
}

Result<std::vector<EarlyReport>> SqliteStore::FoundReports() {
  return readers_.Read<std::vector<EarlyReport>>([&](Connection& db) -> Result<std::vector<EarlyReport>> {
    std::vector<EarlyReport> reports;
    Cursor row = db.Query(
        "SELECT r.id, r.provider, r.reference, r.state, r.fault, r.text, r.at FROM early_reports r WHERE "
        "EXISTS "
        "(SELECT 1 FROM deliveries d WHERE d.reference = r.reference AND d.reference <> '' AND d.provider = "
        "r.provider) ORDER BY r.id LIMIT ?",
        kMaxFoundReports);
    while (row.Next()) reports.push_back(ReadReport(row));
    return reports;
  });
}

void SqliteStore::DropReports(std::vector<int64_t> ids, Done<Unit> done) {
  auto run = [ids = std::move(ids)](Transaction& tx) -> Result<Unit> {
    for (const int64_t id : ids) tx.db.Execute("DELETE FROM early_reports WHERE id = ?", id);
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done), Writer::Admission::kAlways);
}

// ---- What customers write

void SqliteStore::TakeIncoming(std::vector<NewIncoming> incoming, Instant now,
                               Done<std::vector<int64_t>> done) {
  size_t bytes = 0;
  for (const NewIncoming& one : incoming) bytes += one.message ? one.message->text.size() : 0;
  auto run = [incoming = std::move(incoming), now](Transaction& tx) -> Result<std::vector<int64_t>> {
    std::vector<int64_t> seqs;
    seqs.reserve(incoming.size());
    for (const NewIncoming& one : incoming) seqs.push_back(TakeOne(tx, one, now));
    return seqs;
  };
  writer_.Post<std::vector<int64_t>>(std::move(run), std::move(done), Writer::Admission::kBounded, bytes);
}

Result<std::vector<Incoming>> SqliteStore::ListIncoming(const IncomingFilter& filter) {
  return readers_.Read<std::vector<Incoming>>([&](Connection& db) -> Result<std::vector<Incoming>> {
    std::string sql(kIncomingColumns);
    sql += "WHERE (?1 = 0 OR seq < ?1)";
    if (!filter.provider.empty()) sql += " AND provider = ?2";
    if (!filter.chat_id.empty()) sql += " AND chat_id = ?3 AND chat_id <> ''";
    sql += " ORDER BY seq DESC LIMIT ?4";
    std::vector<Incoming> list;
    Cursor row = db.Query(sql, filter.before_seq, filter.provider, filter.chat_id,
                          std::clamp<size_t>(filter.limit, 1, kMaxPage));
    while (row.Next()) list.push_back(ReadIncoming(row));
    return list;
  });
}

Result<Store::Known> SqliteStore::KnownOf(std::string_view address) {
  return readers_.Read<Known>([&](Connection& db) -> Result<Known> {
    Known known;
    if (address.empty()) return known;
    Cursor row = db.Query(
        "SELECT d.entity, d.entity_id, d.customer, coalesce(i.deleted, 0) FROM deliveries d LEFT JOIN items "
        "i ON "
        "i.entity_id = d.entity_id AND i.entity = d.entity WHERE d.address = ? AND d.address <> '' ORDER BY "
        "d.seq "
        "DESC LIMIT 200",
        address);
    while (row.Next() && known.items.size() < kMaxItemsOfAddress) {
      if (known.customer.empty() && !row.Text(2).starts_with("direct:")) known.customer = row.Text(2);
      ItemRef item{row.Text(0), row.Text(1)};
      const bool listed = std::find(known.items.begin(), known.items.end(), item) != known.items.end();
      if (row.Int(3) == 0 && !item.entity.empty() && !listed) known.items.push_back(std::move(item));
    }
    return known;
  });
}

// ---- Chats

Result<std::optional<ChatRow>> SqliteStore::FindChat(std::string_view provider, std::string_view chat_id) {
  return readers_.Read<std::optional<ChatRow>>([&](Connection& db) -> Result<std::optional<ChatRow>> {
    Cursor row =
        db.Query(std::string(kChatColumns) + "WHERE provider = ? AND chat_id = ?", provider, chat_id);
    if (!row.Next()) return std::optional<ChatRow>();
    return std::optional<ChatRow>(ReadChat(row));
  });
}

Result<std::vector<ChatRow>> SqliteStore::ChatsOf(std::string_view customer) {
  return readers_.Read<std::vector<ChatRow>>([&](Connection& db) -> Result<std::vector<ChatRow>> {
    std::vector<ChatRow> chats;
    if (customer.empty()) return chats;
    Cursor row =
        db.Query(std::string(kChatColumns) +
                     "WHERE customer = ? AND customer <> '' AND created_at IS NOT NULL ORDER BY created_at "
                     "DESC, id DESC LIMIT ?",
                 customer, kMaxChatsOfCustomer);
    while (row.Next()) chats.push_back(ReadChat(row));
    return chats;
  });
}

Result<std::vector<ChatRow>> SqliteStore::ListChats(int64_t before_id, size_t limit) {
  return readers_.Read<std::vector<ChatRow>>([&](Connection& db) -> Result<std::vector<ChatRow>> {
    std::vector<ChatRow> chats;
    Cursor row = db.Query(std::string(kChatColumns) + "WHERE ?1 = 0 OR id < ?1 ORDER BY id DESC LIMIT ?2",
                          before_id, std::clamp<size_t>(limit, 1, kMaxPage));
    while (row.Next()) chats.push_back(ReadChat(row));
    return chats;
  });
}

Result<ChatRow> SqliteStore::FindChatById(int64_t id) {
  return readers_.Read<ChatRow>([&](Connection& db) -> Result<ChatRow> {
    Cursor row = db.Query(std::string(kChatColumns) + "WHERE id = ?", id);
    if (row.Next()) return ReadChat(row);
    return NotFound("chat", std::to_string(id));
  });
}

bool SqliteStore::TakeChatMessage(const provider::Outgoing& outgoing, std::string_view provider_id) {
  const auto run = [&](Transaction& tx) -> Result<Unit> {
    Json attachments = Json::array();
    for (const plan::EmailAttachment& attachment : outgoing.message.attachments) {
      attachments.push_back({{"name", attachment.name}, {"file", attachment.file}});
    }
    tx.db.Execute(
        "INSERT INTO chat_messages (key, provider, chat_id, text, attachments, at) VALUES (?, ?, ?, ?, ?, ?) "
        "ON "
        "CONFLICT (key) DO NOTHING",
        Blob{Unhex(outgoing.key)}, provider_id, outgoing.message.to.address, outgoing.message.text,
        DumpJson(attachments), outgoing.at);
    return Unit{};
  };
  // The message outlives the job: this waits for its answer.
  return Await<Unit>(
             [&](Done<Unit> done) { writer_.Post<Unit>(run, std::move(done), Writer::Admission::kAlways); })
      .ok();
}

Result<std::vector<ChatMessage>> SqliteStore::ChatMessages(std::string_view provider,
                                                           std::string_view chat_id, int64_t before_seq,
                                                           size_t limit) {
  return readers_.Read<std::vector<ChatMessage>>([&](Connection& db) -> Result<std::vector<ChatMessage>> {
    std::vector<ChatMessage> list;
    Cursor row = db.Query(
        "SELECT seq, key, provider, chat_id, text, attachments, at FROM chat_messages WHERE chat_id = ?1 AND "
        "provider = ?2 AND (?3 = 0 OR seq < ?3) ORDER BY seq DESC LIMIT ?4",
        chat_id, provider, before_seq, std::clamp<size_t>(limit, 1, kMaxPage));
    while (row.Next()) {
      list.push_back(ChatMessage{.seq = row.Int(0),
                                 .key = Hex(row.Text(1)),
                                 .provider = row.Text(2),
                                 .chat_id = row.Text(3),
                                 .text = row.Text(4),
                                 .attachments = row.Text(5),
                                 .at = row.Time(6)});
    }
    return list;
  });
}

std::string SqliteStore::KeyFor(std::string_view purpose) {
  return box_.Derive(purpose);
}

void FindWritten(Connection& db, const CustomerQuery& query, CustomerData& data) {
  const std::string customer = query.contact.empty() ? std::string() : "contact:" + query.contact;
  if (!customer.empty()) {
    Cursor chats = db.Query(std::string(kChatColumns) + "WHERE customer = ?", customer);
    while (chats.Next()) data.chats.push_back(ReadChat(chats));
    Cursor written = db.Query(std::string(kIncomingColumns) + "WHERE customer = ? ORDER BY seq LIMIT ?",
                              customer, kMaxPage);
    while (written.Next()) data.incoming.push_back(ReadIncoming(written));
  }
  for (const std::string& address : query.addresses) {
    Cursor written =
        db.Query(std::string(kIncomingColumns) + "WHERE sender = ? AND customer <> ? ORDER BY seq LIMIT ?",
                 address, customer, kMaxPage);
    while (written.Next()) data.incoming.push_back(ReadIncoming(written));
  }
}

void EraseWritten(Transaction& tx, const CustomerErasure& erasure) {
  const auto erase = [&tx](const std::string& column, const std::string& value) {
    tx.db.Execute("DELETE FROM incoming_items WHERE incoming_seq IN (SELECT seq FROM incoming WHERE " +
                      column + " = ?)",
                  value);
    tx.db.Execute("DELETE FROM incoming WHERE " + column + " = ?", value);
  };
  for (const std::string& address : erasure.addresses) erase("sender", address);
  if (erasure.contact.empty()) return;
  const std::string customer = "contact:" + erasure.contact;
  erase("customer", customer);
  tx.db.Execute(
      "DELETE FROM chat_messages WHERE (provider, chat_id) IN (SELECT provider, chat_id FROM chats WHERE "
      "customer = ?)",
      customer);
  tx.db.Execute("DELETE FROM chats WHERE customer = ?", customer);
}

void EraseWrittenBefore(Transaction& tx, Instant before, size_t limit) {
  tx.db.Execute(
      "DELETE FROM incoming_items WHERE incoming_seq IN (SELECT seq FROM incoming WHERE received_at < ? "
      "ORDER "
      "BY seq LIMIT ?)",
      before, limit);
  tx.db.Execute(
      "DELETE FROM incoming WHERE seq IN (SELECT seq FROM incoming WHERE received_at < ? ORDER BY seq LIMIT "
      "?)",
      before, limit);
  tx.db.Execute(
      "DELETE FROM chat_messages WHERE seq IN (SELECT seq FROM chat_messages WHERE at < ? ORDER BY seq LIMIT "
      "?)",
      before, limit);
}

}  // namespace recado::store
