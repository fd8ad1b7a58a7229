// The settings of `recado serve`: options of the command line, variables of the environment and lines of a
// file, each with the same name and the same checks.
//
//   --listen 127.0.0.1:8080     RECADO_LISTEN=127.0.0.1:8080     listen = "127.0.0.1:8080"
//
// The command line wins over the environment, the environment over the file. Every fault of the file and of
// the environment is said with its place before anything starts.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>
#include <vector>

#include "native/cli/io.h"
#include "native/server/serve.h"

namespace recado::cli {

struct ServeArguments {
  server::ServeOptions options;
  std::string config;  // file; "" : none
  bool check = false;  // say what holds and stop
};

void AddServe(CLI::App& app, ServeArguments& arguments);

// Where a setting stands that is no argument: "recado.toml, line 3" or "RECADO_LISTEN".
struct PlacedSetting {
  std::string place;
  std::string argument;  // "--listen=127.0.0.1:8080"
};

// What the environment and the file at `config` say, as arguments to stand before those of the command line,
// the file's first. Faults are printed on `io.err`; then `faulty` is set.
std::vector<PlacedSetting> OtherSettings(const std::string& config,
                                         const std::function<const char*(const char*)>& environment,
                                         const Io& io, bool& faulty);

// --check: every setting as it holds, a line each.
void PrintSettings(const Io& io, const ServeArguments& arguments);

}  // namespace recado::cli
