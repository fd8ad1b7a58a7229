// Bitrix24Source: a Bitrix24 account as the CRM that records come from.
//
//   portal's webhook ─► TakeCall (on disk, then 200) ─► Turn: fetch item and people ─► record + event ─►
//   engine delivery changes ─► timeline outbox (triggers of the store) ─► Turn: crm.timeline.comment.add
//
// The engine never waits for the network. Every item is mirrored into the built-in directory, which is the
// engine's SnapshotSource; a webhook only says that something changed, and the mirror knows what it was
// before, so a move is told from an update by comparing stages. The record and its event are one write. Three
// things keep the mirror fresh: calls about the item, calls about its contacts and company (record_people),
// and, before something is due, a look at items that have not been looked at for a while, in case calls were
// lost.
//
// Nothing is doubled by a restart: a call that was fetched and not crossed off leads to a record that is
// already the same; a timeline entry that may have been written is looked for (its mark is in its text)
// before it is written again.
//
// Threads: TakeCall and status from any; Turn, FetchSchema and Test from one at a time (Connector's).
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "native/crm/bitrix24_client.h"
#include "native/crm/bitrix24_snapshot.h"
#include "native/store/store.h"

namespace recado::directory {

inline constexpr size_t kItemsATurn = 25;                // fetched together: two or three calls
inline constexpr size_t kNotesATurn = 50;                // one batch
inline constexpr int64_t kRefreshAheadMs = 10 * 60'000;  // items with something due within …
inline constexpr int64_t kRefreshAfterMs = 15 * 60'000;  // … and not looked at for so long are looked at
inline constexpr int64_t kMoveWindowMs =
    10 * 60'000;  // an unknown item that moved so recently has entered its stage
inline constexpr int64_t kNoteAgainMs = 5 * 60'000;  // until a timeline entry without an answer is looked for

struct Bitrix24Settings {
  Bitrix24Access access;
  std::string application_token;
  std::map<std::string, std::string> types;   // "128" → "project"
  std::map<std::string, std::string> fields;  // "UF_CRM_16_X" → "tracking_number"
  bool timeline = true;
};

// {"kind":"bitrix24","settings":{"base_url","calls_per_second","types","fields","timeline"},
//  "secrets":{"webhook" | "access_token","application_token"}}. Errors point into it.
Result<Bitrix24Settings> ReadBitrix24(const Json& settings,
                                      const std::map<std::string, std::string>& secrets);

class Bitrix24Source {
 public:
  Bitrix24Source(store::Store& store, net::Transfers& transfers, Bitrix24Settings settings,
                 Bitrix24Client::Sleep sleep, Bitrix24Client::Clock clock);

  // A call of the portal. False: its token is not ours; nothing of it was believed. It is on disk when this
  // returns. Error: storage_unavailable; the portal may call again.
  Result<bool> TakeCall(std::string_view media_type, std::string_view body, Instant now);

  // Does what is due: fetches, refreshes, writes the timeline. True: there is more. Blocks on the network.
  bool Turn(Instant now);

  // Who the webhook belongs to. Errors: bitrix24_*.
  Result<Json> Test();
  // The account's entities, pipelines, stages and custom fields, as formats §2 has them.
  Result<Json> FetchSchema();

  // Why the last turn could not do its work; empty where it could.
  Diagnostics status() const;

 private:
  using ItemId = std::pair<std::string, std::string>;
  struct Fetched {
    std::map<ItemId, Bitrix24Parts> items;
    std::vector<ItemId> gone;
  };

  bool FetchDue(Instant now);
  bool RefreshStale(Instant now);
  bool WriteTimeline(Instant now);
  Result<Fetched> Fetch(const std::vector<ItemId>& items);
  Diagnostics FetchPeople(Fetched& fetched);
  // `call` may be null: a refresh.
  Diagnostics Mirror(const ItemId& id, const Bitrix24Parts& parts, const store::SourceCall* call,
                     Instant now);
  Diagnostics Forget(const ItemId& id, Instant now);
  std::optional<store::NewEvent> EventFor(const store::Record& record,
                                          const std::optional<store::Record>& before, const Json& item,
                                          const store::SourceCall* call, Instant now) const;
  Result<std::vector<store::TimelineNote>> NotWritten(std::vector<store::TimelineNote> notes);
  Result<Bitrix24Model> FetchModel(const std::string& entity, int type);
  void Report(Diagnostics faults);

  store::Store& store_;
  const Bitrix24Settings settings_;
  Bitrix24Client client_;
  mutable std::mutex mutex_;
  Diagnostics status_;
};

// What the CRM's timeline says of a delivery's change, with the mark by which it is found again.
std::string TimelineText(const store::TimelineNote& note);
std::string TimelineMark(const store::TimelineNote& note);

}  // namespace recado::directory
