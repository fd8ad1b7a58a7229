// Request and Response as plain values: what handlers see of HTTP. No sockets, no Beast; a test makes a
// Request, calls a handler and reads the Response.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/json.h"
#include "core/base/result.h"

namespace recado::server {

enum class Method : uint8_t { kGet, kHead, kPost, kPut, kDelete, kOther };
std::string_view MethodName(Method method);

// ASCII case does not count in header names (RFC 9110, 5.1).
struct HeaderLess {
  using is_transparent = void;
  bool operator()(std::string_view a, std::string_view b) const;
};
using Headers = std::multimap<std::string, std::string, HeaderLess>;

struct Request {
  Method method = Method::kGet;
  std::string target;  // path and query as they came: what vendors sign
  std::string path;    // percent-decoded, begins with "/"; never holds NUL
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  Headers headers;
  std::string body;
  std::string remote;  // address of the other end, without port

  // The first header of that name, "" where there is none.
  std::string_view Header(std::string_view name) const;
  // The first query parameter of that name.
  std::optional<std::string_view> Query(std::string_view name) const;
  // The value of a cookie, "" where there is none.
  std::string_view Cookie(std::string_view name) const;
  // Media type of the body in lower case without parameters, "" where none is given.
  std::string MediaType() const;
};

// Fills path and query from a request target ("/a%20b?x=1"). False: not a path in origin form, a broken
// escape, or bytes that are not UTF-8.
bool ParseTarget(std::string_view target, Request& request);

// What a long answer is read from (news.h); the wire pulls, the service pushes.
class Feed {
 public:
  virtual ~Feed() = default;
  // Takes what has come together. False: the feed has ended.
  virtual bool Drain(std::string& out) = 0;
  // `wake` is called, on any thread, when there is something to drain.
  virtual void OnNews(std::function<void()> wake) = 0;
};

struct Response {
  int status = 200;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::shared_ptr<const std::string> shared_body;  // in the place of `body`, for files that many get
  std::shared_ptr<Feed> feed;                      // in the place of both: an answer without end

  std::string_view Body() const {
    return shared_body ? std::string_view(*shared_body) : std::string_view(body);
  }
  std::string_view Header(std::string_view name) const;
  Response With(std::string name, std::string value) &&;
};

// Called once, on any thread.
using Reply = std::function<void(Response)>;

Response JsonResponse(int status, const Json& json);
Response NoContent();
std::string_view ReasonPhrase(int status);

// The HTTP status that a fault means: not_found 404, version_conflict 412, storage_busy 503, … 400 for
// whatever else.
int StatusOf(const Diagnostics& diagnostics);

// A problem document (RFC 9457): type, title, status, detail, `code`, and all `diagnostics` (formats §5).
Response Problem(const Diagnostics& diagnostics, std::optional<int> status = std::nullopt);
Response Problem(Diagnostic diagnostic, std::optional<int> status = std::nullopt);
// With more members, e.g. `line` of an NDJSON body.
Response Problem(const Diagnostics& diagnostics, std::optional<int> status, const Json& more);

}  // namespace recado::server
