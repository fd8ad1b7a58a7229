// Serve: the whole service, put together, from start to an orderly end.
#pragma once

#include <cstdio>
#include <string>

#include "core/base/result.h"
#include "native/server/log.h"
#include "native/server/proxies.h"

namespace recado::server {

struct ServeOptions {
  std::string listen = "127.0.0.1:8080";  // loopback unless told otherwise; port 0: any free one
  std::string store = "recado.db";
  std::string public_url;  // "" : callbacks, click tracking and webhooks are off
  std::string page;        // folder of the page; "": beside the program, ../web/dist or ../share/recado/web
  std::string core;        // folder of the npm package; "": likewise, ../wasm/dist or ../share/recado/core
  TrustedProxies trusted_proxies{};         // believed where a request came from; none unless named
  net::PrivateNetworks private_networks{};  // where an administrator's base_url may lead; any unless named
  LogFormat log_format = LogFormat::kText;
  LogLevel log_level = LogLevel::kInfo;
  bool demo = false;
  int io_threads = 1;
  int workers = 8;
};

// What is wrong with the options themselves: address_invalid, public_url_invalid. Empty: nothing.
Diagnostics CheckOptions(const ServeOptions& options);

// Runs until SIGTERM or SIGINT and then ends within 8 s: what is being sent gets time for its answer, the
// rest is on disk. Prints where it listens and, where somebody has to sign in first, the link, on `out`;
// remarks on `err`. Answers when it has ended; the error is why it could not start.
Result<int> Serve(const ServeOptions& options, std::FILE* out, std::FILE* err);

// "127.0.0.1:8080", "[::1]:8080", ":8080" (every address), "8080" (loopback), "localhost:8080". Error:
// address_invalid.
struct ListenAddress {
  std::string host;
  uint16_t port = 0;
};
Result<ListenAddress> ParseListen(const std::string& text);

}  // namespace recado::server
