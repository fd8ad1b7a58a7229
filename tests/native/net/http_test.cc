// The HTTP client against a small server of sockets in the same process.
#include "native/net/http.h"

#include <atomic>
#include <future>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <thread>

#include "tests/native/net/loopback.h"

namespace recado::net {
namespace {

using namespace std::chrono_literals;

// Answers every request on every connection with 200 and its own count; keeps connections open.
class LoopbackServer {
 public:
  std::string Url(std::string_view host = "127.0.0.1") const {
    return "http://" + std::string(host) + ":" + std::to_string(server_.port()) + "/";
  }
  std::atomic<int> requests = 0;
  std::atomic<int> accepted = 0;
  std::atomic<bool> answering = true;
  std::atomic<bool> any_head_is_whole = false;
  std::atomic<int> hangs_up_at = 0;  // the request that is read and not answered
  std::string answer = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Two: a\r\nX-Two: b\r\n\r\nok";

 private:
  void Serve(int connection) {
    ++accepted;
    std::string heard;
    char buffer[4096];
    for (ssize_t got = 0; (got = recv(connection, buffer, sizeof buffer, 0)) > 0;) {
      heard.append(buffer, static_cast<size_t>(got));
      if (heard.find("\r\n\r\n") == std::string::npos ||
          (heard.starts_with("POST") && !heard.ends_with("body") && !any_head_is_whole))
        continue;
      heard.clear();
      if (++requests == hangs_up_at) break;
      if (!answering) continue;
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }

  Loopback server_{[this](int connection) { Serve(connection); }};  // last: it uses the others to its end
};

HttpResult Wait(Transfers& engine, HttpRequest request) {
  std::promise<HttpResult> promise;
  std::future<HttpResult> future = promise.get_future();
  HttpClient(engine).Send(std::move(request),
                          [&promise](HttpResult result) { promise.set_value(std::move(result)); });
  return future.get();
}

HttpRequest Post(const std::string& url, bool allow_private) {
  HttpRequest request;
  request.url = url;
  request.body = "the body";
  request.allow_private = allow_private;
  return request;
}

TEST(HttpClient, AnswersWithStatusHeadersAndBody) {
  LoopbackServer server;
  Transfers engine;
  const HttpResult result = Wait(engine, Post(server.Url(), true));
  EXPECT_EQ(result.failure, Failure::kNone);
  EXPECT_TRUE(result.written);
  EXPECT_EQ(result.status, 200);
  EXPECT_EQ(result.body, "ok");
  EXPECT_EQ(result.Header("x-two"), "a");
  EXPECT_EQ(result.Header("x-none"), "");
}

TEST(HttpClient, PrivateAddressIsRefusedBeforeASocketOpens) {
  LoopbackServer server;
  Transfers engine;
  for (const char* host : {"127.0.0.1", "localhost", "0x7f000001", "[::ffff:127.0.0.1]", "0"}) {
    const HttpResult result = Wait(engine, Post(server.Url(host), false));
    EXPECT_EQ(result.failure, Failure::kForbiddenAddress) << host << ": " << result.error;
    EXPECT_FALSE(result.written) << host;
  }
  EXPECT_EQ(server.accepted, 0);
}

// A server that sends the caller on into the private network gets nothing: the answer is what it is.
TEST(HttpClient, RedirectsAreNotFollowed) {
  LoopbackServer inside;
  LoopbackServer server;
  server.answer = "HTTP/1.1 302 Found\r\nLocation: " + inside.Url() + "\r\nContent-Length: 0\r\n\r\n";
  Transfers engine;
  const HttpResult result = Wait(engine, Post(server.Url(), true));
  EXPECT_EQ(result.status, 302);
  EXPECT_EQ(inside.accepted, 0);
}

TEST(HttpClient, AdministratorsNetworksBoundWhereHisAddressesLead) {
  LoopbackServer server;
  Transfers closed(*PrivateNetworks::Parse("10.20.0.0/16"));
  for (const char* host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]"}) {
    const HttpResult result = Wait(closed, Post(server.Url(host), true));
    EXPECT_EQ(result.failure, Failure::kForbiddenAddress) << host;
    EXPECT_FALSE(result.written) << host;
  }
  EXPECT_EQ(server.accepted, 0);
  Transfers open(*PrivateNetworks::Parse("127.0.0.0/8"));
  EXPECT_EQ(Wait(open, Post(server.Url(), true)).status, 200);
  EXPECT_EQ(Wait(open, Post(server.Url(), false)).failure, Failure::kForbiddenAddress);
}

// A name that was allowed for one transfer stays forbidden for another, though a connection to it stands
// open.
TEST(HttpClient, KeptConnectionOfAnAllowedTransferIsNoWayAroundTheGuard) {
  LoopbackServer server;
  Transfers engine;
  EXPECT_EQ(Wait(engine, Post(server.Url(), true)).failure, Failure::kNone);
  const HttpResult result = Wait(engine, Post(server.Url(), false));
  EXPECT_EQ(result.failure, Failure::kForbiddenAddress);
  EXPECT_FALSE(result.written);
  EXPECT_EQ(server.requests, 1);
  EXPECT_EQ(server.accepted, 1);
}

TEST(HttpClient, ConnectionIsKept) {
  LoopbackServer server;
  Transfers engine;
  for (int i = 0; i < 20; ++i) EXPECT_EQ(Wait(engine, Post(server.Url(), true)).status, 200);
  EXPECT_EQ(server.accepted, 1);
}

TEST(HttpClient, MalformedRequestsAreNeverTried) {
  Transfers engine;
  for (const char* url : {"", "no url", "ftp://127.0.0.1/", "file:///etc/passwd", "http://u:p@127.0.0.1/",
                          "http://127.0.0.1/\r\nX"}) {
    const HttpResult result = Wait(engine, Post(url, true));
    EXPECT_EQ(result.failure, Failure::kBadRequest) << url;
    EXPECT_FALSE(result.written);
  }
  HttpRequest request = Post("http://127.0.0.1:1/", true);
  request.headers = {{"X-A", "b\r\nX-C: d"}};
  EXPECT_EQ(Wait(engine, request).failure, Failure::kBadRequest);
}

// More bad ones than a stack would hold if each called the next.
TEST(HttpClient, LongQueueOfMalformedRequestsDoesNotNest) {
  Transfers engine;
  HttpClient http(engine);
  constexpr int kMany = 50'000;
  std::promise<void> all;
  std::atomic<int> ended = 0;
  for (int i = 0; i < kMany; ++i) {
    http.Send(Post("ftp://127.0.0.1/", true), [&](const HttpResult&) {
      if (++ended == kMany) all.set_value();
    });
  }
  EXPECT_EQ(all.get_future().wait_for(60s), std::future_status::ready);
}

TEST(HttpClient, CancelledTransferSaysWhetherItWasWritten) {
  LoopbackServer server;
  server.answering = false;
  Transfers engine;
  HttpClient http(engine);
  std::promise<HttpResult> promise;
  const Transfers::Id id =
      http.Send(Post(server.Url(), true), [&](HttpResult result) { promise.set_value(std::move(result)); });
  while (server.requests == 0) std::this_thread::yield();
  engine.Cancel(id);
  const HttpResult result = promise.get_future().get();
  EXPECT_EQ(result.failure, Failure::kCancelled);
  EXPECT_TRUE(result.written);
}

TEST(HttpClient, TimeOutAfterWritingIsMarkedWritten) {
  LoopbackServer server;
  server.answering = false;
  Transfers engine;
  HttpRequest request = Post(server.Url(), true);
  request.timeout = 200ms;
  const HttpResult result = Wait(engine, std::move(request));
  EXPECT_EQ(result.failure, Failure::kTimeout);
  EXPECT_TRUE(result.written);
}

// libcurl takes a kept connection that ends without an answer for one that was dead before, and would send
// the request again on a new one.
TEST(HttpClient, KeptConnectionThatDiesUnderARequestIsNoReasonToSendItTwice) {
  HttpRequest small = Post("", true);
  HttpRequest large = Post("", true);
  large.body = std::string(100'000, 'x') + "body";
  HttpRequest bare = Post("", true);
  bare.body.clear();
  bare.method = "DELETE";
  HttpRequest multipart = Post("", true);
  multipart.parts = {{.name = "name", .value = "value"}};
  for (HttpRequest request : {small, large, bare, multipart}) {
    LoopbackServer server;
    server.hangs_up_at = 2;
    request.url = server.Url();
    Transfers engine;
    EXPECT_EQ(Wait(engine, Post(server.Url(), true)).status, 200);
    if (!request.parts.empty()) server.any_head_is_whole = true;
    const HttpResult result = Wait(engine, request);
    EXPECT_EQ(result.failure, Failure::kReset) << request.Dump().substr(0, 80);
    EXPECT_TRUE(result.written);
    EXPECT_NE(result.error, "");
    EXPECT_EQ(server.requests, 2) << request.Dump().substr(0, 80);
  }
}

TEST(HttpClient, GetIsAskedAgainWhereTheKeptConnectionWasDead) {
  LoopbackServer server;
  server.hangs_up_at = 2;
  Transfers engine;
  EXPECT_EQ(Wait(engine, Post(server.Url(), true)).status, 200);
  HttpRequest get = Post(server.Url(), true);
  get.method = "GET";
  get.body.clear();
  EXPECT_EQ(Wait(engine, get).status, 200);
  EXPECT_EQ(server.requests, 3);
}

TEST(HttpClient, AnswerAtTheBoundIsTakenOneByteMoreIsNot) {
  LoopbackServer server;
  Transfers engine;
  HttpRequest request = Post(server.Url(), true);
  request.max_response_bytes = 2;
  EXPECT_EQ(Wait(engine, request).failure, Failure::kNone);
  request.max_response_bytes = 1;
  const HttpResult result = Wait(engine, request);
  EXPECT_EQ(result.failure, Failure::kTooLarge);
  EXPECT_EQ(result.status, 200);
}

TEST(Transfers, AfterStopEverythingIsCancelledAtOnce) {
  Transfers engine;
  engine.Stop(0ms);
  const HttpResult result = Wait(engine, Post("http://127.0.0.1:1/", true));
  EXPECT_EQ(result.failure, Failure::kCancelled);
  EXPECT_FALSE(result.written);
  EXPECT_FALSE(engine.Post([] {}));
  engine.Stop(0ms);
}

TEST(Transfers, PostedTasksRunInOrderBeforeTheEnd) {
  std::string order;
  {
    Transfers engine;
    for (char c = 'a'; c <= 'e'; ++c) engine.Post([&order, c] { order += c; });
    engine.Stop(1s);
  }
  EXPECT_EQ(order, "abcde");
}

}  // namespace
}  // namespace recado::net
