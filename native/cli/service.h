// The commands that work on the store: serve, and the tools beside it.
#pragma once

#include <string>

#include "native/cli/io.h"
#include "native/server/serve.h"
#include "native/store/rows.h"

namespace recado::cli {

// recado serve
int RunServe(const Io& io, const server::ServeOptions& options);

struct TokenOptions {
  store::Role role = store::Role::kViewer;
  std::string store;
  std::string name;
};
// recado token create: prints the token once, alone on its line; makes the store where there is none.
int RunTokenCreate(const Io& io, const TokenOptions& options);

struct UserOptions {
  store::Role role = store::Role::kViewer;
  std::string store = "recado.db";
  std::string name;
  bool password_from_input = false;
};
// recado user add: makes a user who signs in by name and password. The password comes as one line of the
// standard input, or is made here and printed once, alone on its line. A user who is there gets a new one.
int RunUserAdd(const Io& io, const UserOptions& options);

// recado backup FILE: a consistent copy, while the service runs or not.
int RunBackup(const Io& io, const std::string& store, const std::string& target);

struct RestoreOptions {
  std::string copy;
  std::string store = "recado.db";
  bool replace = false;
};
// recado restore FILE: the store as it was when FILE was made, with all sending paused.
int RunRestore(const Io& io, const RestoreOptions& options);

}  // namespace recado::cli
