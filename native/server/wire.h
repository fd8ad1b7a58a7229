// Wire: HTTP/1.1 over TCP. Turns bytes into Requests and Responses into bytes, with a bound on everything a
// stranger can make the service hold or wait for.
//
// Connections live on one or two I/O threads as coroutines; handlers run on a pool of workers, because they
// may wait for the disk. The one place that includes Boost.Beast and Asio (14 s and 725 MB to compile) is
// wire.cc.
//
// Ownership: Start's answer owns threads and sockets; destroying it stops everything.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "native/server/http.h"

namespace recado::server {

struct WireLimits {
  size_t header_bytes = 16 * 1024;
  size_t connections = 1'024;  // more are answered 503 and closed
  std::chrono::milliseconds header{
      10'000};  // from the first moment to the end of the header: slow senders end here
  std::chrono::milliseconds body{60'000};       // the whole body
  std::chrono::milliseconds idle{75'000};       // between two requests of one connection
  std::chrono::milliseconds write{30'000};      // one answer
  std::chrono::milliseconds heartbeat{15'000};  // of a stream with nothing to say: proxies close silent ones
};

struct WireOptions {
  std::string host = "127.0.0.1";
  uint16_t port = 8080;  // 0: any free one
  int io_threads = 1;    // 130,000 small requests a second on one
  int workers =
      8;  // handlers that may wait for the disk at once; group commit makes one fsync of their writes
  WireLimits limits;
};

// What the wire asks of the service.
class WireHandler {
 public:
  virtual ~WireHandler() = default;
  // How many bytes the body of this request may have. Its body is still empty. On an I/O thread; must not
  // wait.
  virtual size_t MaxBody(const Request& request) = 0;
  // On a worker's thread. `reply` is called once, now or later, from any thread.
  virtual void Handle(Request request, Reply reply) = 0;
};

class Wire {
 public:
  virtual ~Wire() = default;
  virtual uint16_t port() const = 0;
  // Takes no new connection, ends idle ones and streams, lets requests under way be answered for up to
  // `grace`, then closes what is left. Safe to call twice.
  virtual void Stop(std::chrono::milliseconds grace) = 0;
};

// Binds and listens before it returns. `handler` outlives the answer. Errors: address_in_use, cannot_listen.
Result<std::unique_ptr<Wire>> StartWire(const WireOptions& options, WireHandler& handler);

}  // namespace recado::server
