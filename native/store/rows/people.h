// Rows: users, tokens, sessions, and the log of what they did.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/instant.h"

namespace recado::store {

enum class Role : uint8_t { kViewer = 0, kOperator = 1, kEditor = 2, kAdmin = 3 };
std::string_view RoleName(Role role);
std::optional<Role> RoleFromName(std::string_view name);

struct User {
  std::string id{};
  std::string name{};
  Role role = Role::kViewer;
  std::string password_hash{};  // Argon2id string; "" : can sign in by link only
  bool disabled = false;
  Instant created_at{};
};

// Tokens, links and sessions are kept as SHA-256 of the secret (32 bytes): the secret itself is 256 random
// bits, so a slow hash would add nothing.
struct Token {
  std::string hash{};
  std::string name{};
  Role role = Role::kViewer;
  Instant created_at{};
  std::optional<Instant> revoked_at{};
};

struct SignInLink {
  std::string hash{};
  std::string user_id{};
  Instant expires_at{};
};

struct Session {
  std::string hash{};
  std::string user_id{};
  Role role = Role::kViewer;
  std::string csrf{};
  Instant created_at{};
  Instant expires_at{};
};

struct AuditEntry {
  int64_t seq = 0;
  Instant at{};
  std::string actor{};   // user or token name, "system"
  std::string action{};  // "rule.publish"
  std::string subject{};
  std::string detail{};  // JSON; never a secret
};

}  // namespace recado::store
