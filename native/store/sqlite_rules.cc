#include "core/base/json.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr std::string_view kRuleColumns =
    "SELECT r.id, r.version, r.document, r.published_revision, p.document, r.updated_at, r.updated_by FROM "
    "rules "
    "r LEFT JOIN rule_revisions p ON p.rule_id = r.id AND p.revision = r.published_revision ";

RuleRow ReadRule(const Cursor& row) {
  return RuleRow{.id = row.Text(0),
                 .version = row.Int(1),
                 .document = row.Text(2),
                 .published_revision = row.IsNull(3) ? std::nullopt : std::optional<int64_t>(row.Int(3)),
                 .published = row.Text(4),
                 .updated_at = row.Time(5),
                 .updated_by = row.Text(6)};
}

// A rule that is not deleted; nothing where there is none.
std::optional<RuleRow> LoadRule(Connection& db, std::string_view id) {
  Cursor row = db.Query(std::string(kRuleColumns) + "WHERE r.id = ? AND r.deleted = 0", id);
  if (!row.Next()) return std::nullopt;
  return ReadRule(row);
}

Result<RuleRow> RuleAfterWrite(Transaction& tx, const std::string& id) {
  tx.news.push_back(Change{.kind = Change::Kind::kRule, .id = id});
  if (std::optional<RuleRow> rule = LoadRule(tx.db, id)) return *std::move(rule);
  return NotFound("rule", id);
}

// The newest text becomes a revision of its own, unless it already is the published one.
void Publish(Transaction& tx, const RuleRow& rule, const std::string& by, Instant now) {
  if (!rule.is_draft()) return;
  tx.db.Execute(
      "INSERT INTO rule_revisions (rule_id, revision, document, published_at, published_by) SELECT ?1, "
      "coalesce(max(revision), 0) + 1, ?2, ?3, ?4 FROM rule_revisions WHERE rule_id = ?1",
      rule.id, rule.document, now, by);
  tx.db.Execute(
      "UPDATE rules SET published_revision = (SELECT max(revision) FROM rule_revisions WHERE rule_id = ?1) "
      "WHERE "
      "id = ?1",
      rule.id);
}

constexpr std::string_view kRevisionColumns =
    "SELECT revision, document, published_at, published_by FROM rule_revisions WHERE rule_id = ? ";

RuleRevision ReadRevision(const Cursor& row) {
  return RuleRevision{.revision = row.Int(0),
                      .document = row.Text(1),
                      .published_at = row.Time(2),
                      .published_by = row.Text(3)};
}

// ---- Providers

constexpr std::string_view kProviderColumns =
    "SELECT p.id, kind, settings, secret_names, version, updated_at, EXISTS (SELECT 1 FROM pauses WHERE "
    "provider "
    "= p.id), secrets FROM providers p ";

ProviderRow ReadProvider(const Cursor& row) {
  ProviderRow provider{.id = row.Text(0),
                       .kind = row.Text(1),
                       .settings = row.Text(2),
                       .secret_names = {},
                       .secrets = {},
                       .version = row.Int(4),
                       .paused = row.Int(6) != 0,
                       .updated_at = row.Time(5)};
  const Result<Json> names = ParseJson(row.Text(3));
  if (names.ok()) {
    for (const Json& name : *names) provider.secret_names.push_back(name.get<std::string>());
  }
  return provider;
}

// {"name":"value",…} sealed. An empty map is no bytes at all: then there is nothing to hide.

}  // namespace

std::string SealSecrets(const SecretBox& box, const std::map<std::string, std::string>& secrets) {
  if (secrets.empty()) return {};
  Json json = Json::object();
  for (const auto& [name, value] : secrets) json[name] = value;
  return box.Seal(DumpJson(json));
}

Result<std::map<std::string, std::string>> OpenSecrets(const SecretBox& box, const std::string& sealed,
                                                       std::string_view provider) {
  std::map<std::string, std::string> secrets;
  if (sealed.empty()) return secrets;
  const std::optional<std::string> clear = box.Unseal(sealed);
  const Result<Json> json = ParseJson(clear.value_or(""));
  if (!clear || !json.ok() || !json->is_object()) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::store_corrupt)
                           .With("what", "the secrets of " + std::string(provider))
                           .With("detail", "they were sealed with another key")};
  }
  for (const auto& [name, value] : json->items()) secrets[name] = value.get<std::string>();
  return secrets;
}

void SqliteStore::PutRule(store::PutRule put, Done<RuleRow> done) {
  auto run = [put = std::move(put)](Transaction& tx) -> Result<RuleRow> {
    const std::optional<RuleRow> before = LoadRule(tx.db, put.id);
    if (!VersionMatches(put.if_match, before ? before->version : 0))
      return VersionConflict("The rule", put.id);
    // A deleted rule's row stays for its revisions; the id may be used again and goes on counting.
    tx.db.Execute(
        "INSERT INTO rules (id, version, document, updated_at, updated_by) VALUES (?1, 1, ?2, ?3, ?4) ON "
        "CONFLICT "
        "(id) DO UPDATE SET version = version + 1, document = ?2, updated_at = ?3, updated_by = ?4, "
        "published_revision = iif(deleted, NULL, published_revision), deleted = 0",
        put.id, put.document, put.now, put.by);
    if (put.publish) {
      if (const std::optional<RuleRow> rule = LoadRule(tx.db, put.id)) Publish(tx, *rule, put.by, put.now);
    }
    return RuleAfterWrite(tx, put.id);
  };
  writer_.Post<RuleRow>(std::move(run), std::move(done));
}

void SqliteStore::PublishRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                              Done<RuleRow> done) {
  auto run = [=, id = std::move(id), by = std::move(by)](Transaction& tx) -> Result<RuleRow> {
    const std::optional<RuleRow> rule = LoadRule(tx.db, id);
    if (!rule) return NotFound("rule", id);
    if (!VersionMatches(if_match, rule->version)) return VersionConflict("The rule", id);
    Publish(tx, *rule, by, now);
    tx.db.Execute("UPDATE rules SET version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?", now,
                  by, id);
    return RuleAfterWrite(tx, id);
  };
  writer_.Post<RuleRow>(std::move(run), std::move(done));
}

void SqliteStore::DeleteRule(std::string id, std::optional<int64_t> if_match, std::string by, Instant now,
                             Done<Unit> done) {
  auto run = [=, id = std::move(id), by = std::move(by)](Transaction& tx) -> Result<Unit> {
    const std::optional<RuleRow> rule = LoadRule(tx.db, id);
    if (!rule) return NotFound("rule", id);
    if (!VersionMatches(if_match, rule->version)) return VersionConflict("The rule", id);
    tx.db.Execute(
        "UPDATE rules SET deleted = 1, version = version + 1, updated_at = ?, updated_by = ? WHERE id = ?",
        now, by, id);
    tx.news.push_back(Change{.kind = Change::Kind::kRule, .id = id});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<RuleRow> SqliteStore::FindRule(std::string_view id) {
  return readers_.Read<RuleRow>([&](Connection& db) -> Result<RuleRow> {
    if (std::optional<RuleRow> rule = LoadRule(db, id)) return *std::move(rule);
    return NotFound("rule", id);
  });
}

Result<std::vector<RuleRow>> SqliteStore::ListRules() {
  return readers_.Read<std::vector<RuleRow>>([](Connection& db) -> Result<std::vector<RuleRow>> {
    std::vector<RuleRow> rules;
    Cursor row = db.Query(std::string(kRuleColumns) + "WHERE r.deleted = 0 ORDER BY r.id");
    while (row.Next()) rules.push_back(ReadRule(row));
    return rules;
  });
}

Result<std::vector<RuleRevision>> SqliteStore::RuleRevisions(std::string_view id) {
  return readers_.Read<std::vector<RuleRevision>>([&](Connection& db) -> Result<std::vector<RuleRevision>> {
    std::vector<RuleRevision> revisions;
    Cursor row = db.Query(std::string(kRevisionColumns) + "ORDER BY revision DESC LIMIT ?", id, kMaxPage);
    while (row.Next()) revisions.push_back(ReadRevision(row));
    return revisions;
  });
}

Result<RuleRevision> SqliteStore::FindRevision(std::string_view id, int64_t revision) {
  return readers_.Read<RuleRevision>([&](Connection& db) -> Result<RuleRevision> {
    Cursor row = db.Query(std::string(kRevisionColumns) + "AND revision = ?", id, revision);
    if (row.Next()) return ReadRevision(row);
    return NotFound("rule revision", std::string(id) + "/" + std::to_string(revision));
  });
}

void SqliteStore::PutProvider(store::PutProvider put, Done<ProviderRow> done) {
  auto run = [this, put = std::move(put)](Transaction& tx) -> Result<ProviderRow> {
    std::map<std::string, std::string> secrets;
    int64_t version = 0;
    {
      Cursor row = tx.db.Query(std::string(kProviderColumns) + "WHERE p.id = ?", put.id);
      if (row.Next()) {
        version = row.Int(4);
        // Secrets that can't be opened any more (the key was lost) give way to the new ones.
        secrets = OpenSecrets(box_, row.Text(7), put.id).ValueOr({});
      }
    }
    if (!VersionMatches(put.if_match, version)) return VersionConflict("The provider", put.id);
    for (const auto& [name, value] : put.secrets) {
      if (value.empty()) {
        secrets.erase(name);
      } else {
        secrets[name] = value;
      }
    }
    Json names = Json::array();
    for (const auto& [name, value] : secrets) names.push_back(name);
    const std::string sealed = SealSecrets(box_, secrets);
    tx.db.Execute(
        "INSERT INTO providers (id, kind, settings, secret_names, secrets, version, updated_at, updated_by) "
        "VALUES "
        "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (id) DO UPDATE SET kind = ?2, settings = ?3, "
        "secret_names = "
        "?4, secrets = ?5, version = ?6, updated_at = ?7, updated_by = ?8",
        put.id, put.kind, put.settings, DumpJson(names), Blob{sealed}, version + 1, put.now, put.by);
    tx.news.push_back(Change{.kind = Change::Kind::kProvider, .id = put.id});
    Cursor row = tx.db.Query(std::string(kProviderColumns) + "WHERE p.id = ?", put.id);
    if (row.Next()) return ReadProvider(row);
    return NotFound("provider", put.id);
  };
  writer_.Post<ProviderRow>(std::move(run), std::move(done));
}

void SqliteStore::DeleteProvider(std::string id, std::optional<int64_t> if_match, std::string, Instant,
                                 Done<Unit> done) {
  auto run = [if_match, id = std::move(id)](Transaction& tx) -> Result<Unit> {
    int64_t version = 0;
    {
      Cursor row = tx.db.Query("SELECT version FROM providers WHERE id = ?", id);
      if (!row.Next()) return NotFound("provider", id);
      version = row.Int(0);
    }
    if (!VersionMatches(if_match, version)) return VersionConflict("The provider", id);
    tx.db.Execute("DELETE FROM providers WHERE id = ?", id);
    tx.news.push_back(Change{.kind = Change::Kind::kProvider, .id = id});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<ProviderRow> SqliteStore::FindProvider(std::string_view id) {
  return readers_.Read<ProviderRow>([&](Connection& db) -> Result<ProviderRow> {
    Cursor row = db.Query(std::string(kProviderColumns) + "WHERE p.id = ?", id);
    if (row.Next()) return ReadProvider(row);
    return NotFound("provider", id);
  });
}

Result<std::vector<ProviderRow>> SqliteStore::ListProviders() {
  return readers_.Read<std::vector<ProviderRow>>([](Connection& db) -> Result<std::vector<ProviderRow>> {
    std::vector<ProviderRow> providers;
    Cursor row = db.Query(std::string(kProviderColumns) + "ORDER BY p.id");
    while (row.Next()) providers.push_back(ReadProvider(row));
    return providers;
  });
}

Result<std::vector<ProviderRow>> SqliteStore::ProvidersWithSecrets() {
  return readers_.Read<std::vector<ProviderRow>>([this](Connection& db) -> Result<std::vector<ProviderRow>> {
    std::vector<ProviderRow> providers;
    Cursor row = db.Query(std::string(kProviderColumns) + "ORDER BY p.id");
    while (row.Next()) {
      ProviderRow provider = ReadProvider(row);
      Result<std::map<std::string, std::string>> secrets = OpenSecrets(box_, row.Text(7), provider.id);
      if (!secrets.ok()) return secrets.TakeError();
      provider.secrets = *std::move(secrets);
      providers.push_back(std::move(provider));
    }
    return providers;
  });
}

// ---- Settings and pause

void SqliteStore::PutDocument(std::string name, std::string json, std::optional<int64_t> if_match,
                              std::string by, Instant now, Done<Document> done) {
  auto run = [=, name = std::move(name), json = std::move(json),
              by = std::move(by)](Transaction& tx) -> Result<Document> {
    int64_t version = 0;
    {
      Cursor row = tx.db.Query("SELECT version FROM documents WHERE name = ?", name);
      if (row.Next()) version = row.Int(0);
    }
    if (!VersionMatches(if_match, version)) return VersionConflict("The " + name, "");
    tx.db.Execute(
        "INSERT INTO documents (name, json, version, updated_at, updated_by) VALUES (?1, ?2, ?3, ?4, ?5) ON "
        "CONFLICT (name) DO UPDATE SET json = ?2, version = ?3, updated_at = ?4, updated_by = ?5",
        name, json, version + 1, now, by);
    tx.news.push_back(Change{.kind = Change::Kind::kDocument, .id = name});
    return Document{.json = json, .version = version + 1};
  };
  writer_.Post<Document>(std::move(run), std::move(done));
}

Result<Document> SqliteStore::FindDocument(std::string_view name) {
  return readers_.Read<Document>([&](Connection& db) -> Result<Document> {
    Cursor row = db.Query("SELECT json, version FROM documents WHERE name = ?", name);
    if (!row.Next()) return Document{};
    return Document{.json = row.Text(0), .version = row.Int(1)};
  });
}

void SqliteStore::SetPaused(std::string provider, bool paused, std::string by, Instant now, Done<Unit> done) {
  auto run = [=, provider = std::move(provider), by = std::move(by)](Transaction& tx) -> Result<Unit> {
    if (paused) {
      tx.db.Execute("INSERT INTO pauses (provider, paused_by, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    provider, by, now);
    } else {
      tx.db.Execute("DELETE FROM pauses WHERE provider = ?", provider);
      // What was put aside for this provider is due again, in its old order.
      tx.db.Execute(
          "UPDATE deliveries SET held = '', next_at = due WHERE held = 'provider' AND provider = ? AND "
          "status IN "
          "(0, 1)",
          provider);
    }
    tx.news.push_back(Change{.kind = Change::Kind::kPause, .id = provider});
    return Unit{};
  };
  writer_.Post<Unit>(std::move(run), std::move(done));
}

Result<std::vector<std::string>> SqliteStore::PausedProviders() {
  return readers_.Read<std::vector<std::string>>([](Connection& db) -> Result<std::vector<std::string>> {
    std::vector<std::string> providers;
    Cursor row = db.Query("SELECT provider FROM pauses ORDER BY provider");
    while (row.Next()) providers.push_back(row.Text(0));
    return providers;
  });
}

}  // namespace recado::store
