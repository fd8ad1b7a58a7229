#include "native/store/listed.h"

#include <sodium.h>
#include <sqlite3.h>
#include <utility>

#include "native/store/sqlite.h"
#include "native/store/sqlite_store.h"

namespace recado::store {
namespace {

constexpr size_t kFirstSlots = 1'024;
constexpr const char* kTriggers =
    "CREATE TEMP TRIGGER listed_of_insert AFTER INSERT ON main.suppressions "
    "BEGIN SELECT recado_listed(NEW.address); END;"
    "CREATE TEMP TRIGGER listed_of_update AFTER UPDATE OF address ON main.suppressions "
    "BEGIN SELECT recado_listed(NEW.address); END;";

void OnListed(sqlite3_context* context, int, sqlite3_value** values) {
  const auto* bytes = static_cast<const char*>(sqlite3_value_blob(values[0]));
  const auto size = static_cast<size_t>(sqlite3_value_bytes(values[0]));
  auto* listed = static_cast<ListedAddresses*>(sqlite3_user_data(context));
  listed->Add(bytes == nullptr ? std::string_view() : std::string_view(bytes, size));
  sqlite3_result_null(context);
}

}  // namespace

static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == sizeof(uint64_t));

ListedAddresses::ListedAddresses() : slots_(kFirstSlots) {
  randombytes_buf(key_.data(), key_.size());
}

void ListedAddresses::Watch(Connection& writer) {
  const int made = sqlite3_create_function_v2(writer.handle(), "recado_listed", 1, SQLITE_UTF8, this,
                                              &OnListed, nullptr, nullptr, nullptr);
  if (made == SQLITE_OK && writer.Script(kTriggers)) return;
  writer.TakeFault();
  overflowed_ = true;
}

uint64_t ListedAddresses::DigestOf(std::string_view address) const {
  uint64_t digest = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&digest),
                   reinterpret_cast<const unsigned char*>(address.data()), address.size(), key_.data());
  return digest == 0 ? 1 : digest;
}

void ListedAddresses::Add(std::string_view address) {
  if (address.starts_with(kFingerprintPrefix)) any_erased_ = true;
  const uint64_t digest = DigestOf(address);
  const std::lock_guard lock(mutex_);
  if (4 * (used_ + 1) > 3 * slots_.size()) Grow();
  if (!overflowed_) Put(digest);
}

void ListedAddresses::Put(uint64_t digest) {
  size_t at = digest & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != digest) at = (at + 1) & (slots_.size() - 1);
  if (slots_[at] == digest) return;
  slots_[at] = digest;
  ++used_;
}

void ListedAddresses::Grow() {
  if (slots_.size() >= kMaxListedSlots) {
    overflowed_ = true;
    return;
  }
  const std::vector<uint64_t> before = std::exchange(slots_, std::vector<uint64_t>(slots_.size() * 2));
  used_ = 0;
  for (const uint64_t digest : before) {
    if (digest != 0) Put(digest);
  }
}

bool ListedAddresses::MayHold(std::string_view address) const {
  if (overflowed_) return true;
  const uint64_t digest = DigestOf(address);
  const std::lock_guard lock(mutex_);
  size_t at = digest & (slots_.size() - 1);
  while (slots_[at] != 0 && slots_[at] != digest) at = (at + 1) & (slots_.size() - 1);
  return slots_[at] == digest;
}

}  // namespace recado::store
