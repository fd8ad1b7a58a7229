#include <chrono>
#include <filesystem>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

#include "native/store/backup.h"
#include "native/store/migrations.h"
#include "native/store/sqlite.h"
#include "tests/native/store/store_fixture.h"

namespace recado::store {
namespace {

using DurabilityTest = StoreTest;

// The child takes events in from four threads and reports each number through the pipe as soon as it is
// acknowledged, until it is killed.
[[noreturn]] void IngestUntilKilled(const std::string& path, int round, int report) {
  auto opened = OpenSqlite({.path = path, .key = {}});
  if (!opened.ok()) _exit(1);
  Store& store = **opened;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      for (int32_t i = 0;; ++i) {
        const int32_t number = round * 100'000'000 + t * 10'000'000 + i;
        const auto kept = Await<IngestOutcome>(
            [&](auto done) { store.Ingest({EventOf(std::to_string(number))}, kNow, done); });
        if (!kept.ok() || write(report, &number, sizeof number) != sizeof number) _exit(1);
      }
    });
  }
  for (auto& thread : threads) thread.join();
  _exit(0);
}

TEST(CrashTest, EveryAcknowledgedEventIsThereAfterAKill) {
  const TempFolder folder;
  const std::string path = folder / "recado.db";
  std::vector<int32_t> acknowledged;
  for (int round = 0; round < 8; ++round) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      close(ends[0]);
      IngestUntilKilled(path, round, ends[1]);
    }
    close(ends[1]);
    // The moment differs from round to round and from run to run: after so many acknowledgements.
    int32_t number = 0;
    const int enough = 20 + round * 137;
    for (int got = 0; read(ends[0], &number, sizeof number) == sizeof number; ++got) {
      acknowledged.push_back(number);
      if (got == enough) kill(child, SIGKILL);
    }
    close(ends[0]);
    int status = 0;
    waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status));
  }
  auto opened = OpenSqlite({.path = path, .key = {}});
  ASSERT_TRUE(opened.ok());
  ASSERT_GT(acknowledged.size(), 1'000u);
  for (const int32_t number : acknowledged) {
    const auto again = Await<IngestOutcome>(
        [&](auto done) { (*opened)->Ingest({EventOf(std::to_string(number))}, kNow, done); });
    ASSERT_EQ(again->duplicates, 1u) << number << " was acknowledged and is gone";
  }
}

TEST_F(DurabilityTest, SecondServiceIsRefusedAndToldByWhom) {
  const auto second = OpenSqlite({.path = path(), .key = {}});
  ASSERT_EQ(CodeOf(second), "store_in_use");
  EXPECT_EQ(second.error().front().Argument("process"), std::to_string(getpid()));
}

TEST_F(DurabilityTest, ToolMayWriteBesideTheService) {
  const auto tool = OpenSqlite({.path = path(), .owner = OpenOptions::Owner::kTool, .key = {}});
  ASSERT_TRUE(tool.ok());
  const Token token{.hash = "h", .name = "ci", .role = Role::kAdmin, .created_at = kNow};
  EXPECT_TRUE(Await<Unit>([&](auto done) { (*tool)->PutToken(token, done); }).ok());
  EXPECT_TRUE(store_->FindToken("h").ok());
}

// A file size limit of the process stands in for a full disk: the same write calls fail in the same places.
class FullDisk {
 public:
  explicit FullDisk(rlim_t bytes) {
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~FullDisk() { setrlimit(RLIMIT_FSIZE, &before_); }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;

 private:
  rlimit before_{};
};

TEST_F(DurabilityTest, FullDiskAcknowledgesNothingAndHealsByItself) {
  ASSERT_TRUE(Ingest({EventOf("before")}).ok());
  const std::string body = "\"" + std::string(2'000'000, 'x') + "\"";
  {
    const FullDisk full(300'000);
    EXPECT_EQ(CodeOf(Ingest({EventOf("large", body)})), "storage_unavailable");
    EXPECT_FALSE(store_->Health().empty());
    EXPECT_EQ(store_->UnplannedEvents(0, 9)->size(), 1u);
    const auto file = Await<File>([&](auto done) { store_->PutFile("a", "text/plain", body, kNow, done); });
    EXPECT_EQ(CodeOf(file), "storage_unavailable");
  }
  EXPECT_TRUE(Ingest({EventOf("large", body)}).ok());
  EXPECT_TRUE(store_->Health().empty());
  EXPECT_EQ(store_->UnplannedEvents(0, 9)->size(), 2u);
}

TEST_F(DurabilityTest, WritesAfterCloseAreRefused) {
  store_->Close();
  EXPECT_EQ(CodeOf(Ingest({EventOf("a")})), "storage_busy");
}

TEST_F(DurabilityTest, TooManyWaitingWritesAreRefusedAndTheOthersKept) {
  std::promise<void> gate;
  std::shared_future<void> opened = gate.get_future().share();
  std::atomic<int> kept = 0, refused = 0;
  // The first answer holds the writer's thread, so that the queue fills.
  store_->Ingest({EventOf("first")}, kNow, [opened](auto) { opened.wait(); });
  while (store_->UnplannedEvents(0, 1)->empty()) std::this_thread::yield();
  const size_t posted = kMaxQueuedWrites + 10;
  for (size_t i = 0; i < posted; ++i) {
    store_->Ingest({EventOf(std::to_string(i))}, kNow,
                   [&](auto outcome) { ++(CodeOf(outcome) == "storage_busy" ? refused : kept); });
  }
  EXPECT_EQ(refused, 10);
  gate.set_value();
  store_->Close();
  EXPECT_EQ(kept, static_cast<int>(kMaxQueuedWrites));
}

TEST_F(DurabilityTest, BackupIsWholeAndOpens) {
  Ingest({EventOf("a"), EventOf("b")}).ok();
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  const auto copy = OpenSqlite({.path = folder_ / "copy.db", .key = {}});
  ASSERT_TRUE(copy.ok());
  EXPECT_EQ((*copy)->UnplannedEvents(0, 9)->size(), 2u);
}

TEST_F(DurabilityTest, BackupDoesNotWriteOverAFile) {
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  EXPECT_EQ(CodeOf(store_->Backup(folder_ / "copy.db")), "store_unreadable");
}

TEST_F(DurabilityTest, RestoredStoreHasItsEventsAndFilesAndIsPaused) {
  Ingest({EventOf("a")}).ok();
  Await<File>([&](auto done) { store_->PutFile("a.txt", "text/plain", "hello", kNow, done); }).ok();
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  Ingest({EventOf("after")}).ok();
  store_.reset();
  const auto restored = Restore(folder_ / "copy.db", path(), true, kNow);
  ASSERT_TRUE(restored.ok()) << MessageOf(restored.error().front());
  EXPECT_TRUE(restored->has_key);
  EXPECT_TRUE(std::filesystem::exists(restored->put_aside));
  const auto store = OpenSqlite({.path = path(), .key = {}});
  ASSERT_TRUE(store.ok());
  EXPECT_EQ((*store)->UnplannedEvents(0, 9)->size(), 1u);
  EXPECT_EQ(*(*store)->PausedProviders(), std::vector<std::string>{""});
  const auto file = (*store)->FindFile("a.txt");
  ASSERT_TRUE(file.ok());
  EXPECT_TRUE(std::filesystem::exists(file->path));
}

TEST_F(DurabilityTest, RestoreIntoAnEmptyPlaceSaysThatTheKeyIsMissing) {
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  const auto restored = Restore(folder_ / "copy.db", folder_ / "new.db", false, kNow);
  ASSERT_TRUE(restored.ok());
  EXPECT_FALSE(restored->has_key);
  EXPECT_EQ(restored->put_aside, "");
  EXPECT_FALSE(std::filesystem::exists(folder_ / "new.db.incoming"));
}

TEST_F(DurabilityTest, RestoreTouchesNothingWhereItCannotBeDone) {
  Ingest({EventOf("a")}).ok();
  ASSERT_TRUE(store_->Backup(folder_ / "copy.db").ok());
  EXPECT_EQ(CodeOf(Restore(folder_ / "copy.db", path(), true, kNow)), "store_in_use");
  store_.reset();
  EXPECT_EQ(CodeOf(Restore(folder_ / "copy.db", path(), false, kNow)), "store_unreadable");
  EXPECT_EQ(CodeOf(Restore(folder_ / "none.db", path(), true, kNow)), "store_unreadable");
  const auto size = std::filesystem::file_size(folder_ / "copy.db");
  std::filesystem::resize_file(folder_ / "copy.db", size / 2);
  EXPECT_EQ(CodeOf(Restore(folder_ / "copy.db", path(), true, kNow)), "store_unreadable");
  const auto store = OpenSqlite({.path = path(), .key = {}});
  ASSERT_TRUE(store.ok());
  EXPECT_EQ((*store)->UnplannedEvents(0, 9)->size(), 1u);
}

TEST_F(DurabilityTest, NewerTablesAreRefused) {
  store_.reset();
  {
    auto db = Connection::Open(path(), Connection::Mode::kWrite);
    db->Execute("INSERT INTO schema_version (version) VALUES (999)");
  }
  EXPECT_EQ(CodeOf(OpenSqlite({.path = path(), .key = {}})), "store_too_new");
}

TEST_F(DurabilityTest, EveryEarlierVersionComesUpToTheNewest) {
  for (int version = 0; version <= NewestVersion(); ++version) {
    auto db = Connection::Open(folder_ / ("v" + std::to_string(version)), Connection::Mode::kWrite);
    ASSERT_TRUE(db.ok());
    EXPECT_EQ(*Migrate(*db, "v", version), version);
    EXPECT_EQ(*Migrate(*db, "v"), NewestVersion());
  }
}

TEST_F(DurabilityTest, WhatIsNoDatabaseIsRefused) {
  store_.reset();
  ASSERT_EQ(truncate(path().c_str(), 0), 0);
  FILE* file = fopen(path().c_str(), "w");
  fputs("this is a letter to my aunt, and quite a long one, not a database at all", file);
  fclose(file);
  EXPECT_EQ(CodeOf(OpenSqlite({.path = path(), .key = {}})), "store_unreadable");
}

TEST_F(DurabilityTest, MissingFolderIsRefused) {
  EXPECT_EQ(CodeOf(OpenSqlite({.path = folder_ / "no/such/recado.db", .key = {}})), "store_unreadable");
}

}  // namespace
}  // namespace recado::store
