// HttpClient: one HTTP exchange as a value in and a value out.
//
//   HttpClient http(engine);
//   http.Send({.url = "https://api.vendor.example/messages", .headers = …, .body = …},
//             [](HttpResult result) { … });   // on the engine's thread
//
// What it adds to libcurl is an answer to the only question that matters after a failure: may the vendor have
// the request? As long as libcurl has written none of its bytes, it can't; of a large body libcurl asks a
// callback of ours, and until it has asked, no complete request can have left. And where a kept-alive
// connection dies under a request of which bytes have left, libcurl's habit of silently sending it again is
// stopped (Transfer::repeatable): what is not a GET leaves this process once or not at all.
//
// No redirects, cookies, proxies, netrc, compression. HTTP/2 where the server offers it over TLS. Bounds:
// kMaxResponseBytes, kMaxResponseHeaders, kConnectTimeout, kHttpTimeout (limits.h), each but the second to be
// set in the request.
#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native/net/limits.h"
#include "native/net/transfers.h"

namespace recado::net {

// One field of a multipart/form-data body: a text, or a file that is streamed from disk.
struct FormPart {
  std::string name;
  std::string value;        // of a text
  std::string path{};       // of a file; must not change while it is sent
  std::string file_name{};  // as the other end sees it
};

struct HttpRequest {
  std::string method = "POST";  // GET and DELETE send no body
  std::string url;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::vector<FormPart> parts{};  // in the place of `body`
  std::string user;               // Basic authentication where not empty
  std::string password;
  std::string ca_file;  // PEM instead of the system's certificates; "" : the system's
  bool allow_private = false;
  std::chrono::milliseconds connect_timeout = kConnectTimeout;
  std::chrono::milliseconds timeout = kHttpTimeout;
  size_t max_response_bytes = kMaxResponseBytes;

  // "POST https://… Content-Type: … | body", without user and password. For tests.
  std::string Dump() const;
};

struct HttpResult {
  Failure failure = Failure::kNone;  // kNone: the answer is complete
  bool written = false;              // the vendor may have the whole request
  int status = 0;                    // may be known though the rest of the answer is not
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::string body;
  std::string error;  // why, where failure is not kNone

  // The first header of that name (lower case), "" where there is none.
  std::string_view Header(std::string_view name) const;
};

class HttpClient {
 public:
  using Done = std::function<void(HttpResult)>;

  explicit HttpClient(Transfers& engine) : engine_(engine) {}  // `engine` outlives the client

  // `done` comes once, on the engine's thread (or at once where the engine takes no more).
  Transfers::Id Send(HttpRequest request, Done done);

 private:
  Transfers& engine_;
};

}  // namespace recado::net
