// Rows: uploaded files, and what sandbox providers took.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/instant.h"

namespace recado::store {

// A file for attachments. The bytes are in a folder beside the store.
struct File {
  std::string id{};    // 32 hex digits
  std::string name{};  // "catalog.pdf": what rules call it; putting a name again replaces the file
  std::string media_type{};
  int64_t bytes = 0;
  Instant created_at{};
  std::string path{};  // where the bytes are; never shown outside
};

struct SandboxMessage {
  int64_t seq = 0;
  std::string key{};
  std::string provider{};
  std::string channel{};
  std::string to{};       // address
  std::string message{};  // JSON as message_json.h packs it
  Instant at{};
};

}  // namespace recado::store
