// Migrations: bring a database's tables from whatever version they have to the newest, forwards only.
//
// Each version is one file in migrations/, named by its number, never changed once released. A version is
// applied in one transaction together with its row in schema_version, so that a crash leaves the one before
// or the one after. Only one process migrates at a time (BEGIN IMMEDIATE).
#pragma once

#include <string>

#include "core/base/result.h"
#include "native/store/sqlite.h"

namespace recado::store {

// The version this program writes.
int NewestVersion();

// Applies versions up to `target`. Errors: store_too_new, store_unreadable. `path` is for messages only.
Result<int> Migrate(Connection& db, const std::string& path, int target = NewestVersion());

}  // namespace recado::store
