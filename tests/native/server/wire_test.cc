#include "native/server/wire.h"

#include <algorithm>
#include <arpa/inet.h>
#include <condition_variable>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <mutex>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace recado::server {
namespace {

using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// A feed that a test fills.
class TestFeed : public Feed {
 public:
  bool Drain(std::string& out) override {
    const std::lock_guard lock(mutex_);
    out += text_;
    text_.clear();
    return open_;
  }
  void OnNews(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
    listened_.notify_all();
  }
  void Push(std::string text, bool open = true) {
    std::unique_lock lock(mutex_);
    listened_.wait(lock, [this] { return wake_ != nullptr; });
    text_ += text;
    open_ = open;
    const auto wake = wake_;
    lock.unlock();
    wake();
  }

 private:
  std::mutex mutex_;
  std::condition_variable listened_;
  std::string text_;
  bool open_ = true;
  std::function<void()> wake_;
};

// Answers what it was asked, so that a test sees what arrived.
class Echo : public WireHandler {
 public:
  size_t MaxBody(const Request&) override { return 1'000; }
  void Handle(Request request, Reply reply) override {
    if (request.path == "/throw") throw std::runtime_error("a fault of ours");
    if (request.path == "/hold") {
      const std::lock_guard lock(mutex_);
      held_ = reply;
      asked_.notify_all();
      return;
    }
    Response response;
    if (request.path == "/stream") {
      response.feed = feed;
    } else {
      response.body = std::string(MethodName(request.method)) + " " + request.path + " " + request.body;
      response.headers.emplace_back("X-Evil", "a\r\nX-Injected: b");
    }
    reply(std::move(response));
  }
  Reply Held() {
    std::unique_lock lock(mutex_);
    asked_.wait(lock, [this] { return held_ != nullptr; });
    return held_;
  }

  std::shared_ptr<TestFeed> feed = std::make_shared<TestFeed>();

 private:
  std::mutex mutex_;
  std::condition_variable asked_;
  Reply held_;
};

// A plain TCP client: what it sends is exactly what the test says.
class Client {
 public:
  explicit Client(uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    timeval patience{10, 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof(patience));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof(address)) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool connected() const { return connected_; }
  void Send(std::string_view text) { ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL); }
  // Until the other end closes.
  std::string ReadAll() {
    char chunk[4096];
    for (ssize_t got = 0; (got = ::recv(socket_, chunk, sizeof(chunk), 0)) > 0;)
      text_.append(chunk, static_cast<size_t>(got));
    return text_;
  }
  // Until `mark` has come.
  std::string ReadUntil(std::string_view mark) {
    char chunk[4096];
    ssize_t got = 1;
    while (text_.find(mark) == std::string::npos && got > 0) {
      got = ::recv(socket_, chunk, sizeof(chunk), 0);
      if (got > 0) text_.append(chunk, static_cast<size_t>(got));
    }
    return text_;
  }
  void Forget() { text_.clear(); }
  bool AnswersWithin(milliseconds patience) const {
    pollfd wait{socket_, POLLIN, 0};
    return ::poll(&wait, 1, static_cast<int>(patience.count())) > 0;
  }

 private:
  int socket_;
  bool connected_ = false;
  std::string text_;
};

class WireTest : public ::testing::Test {
 protected:
  void Start(WireLimits limits = {}) {
    WireOptions options;
    options.port = 0;
    options.limits = limits;
    auto started = StartWire(options, echo_);
    ASSERT_TRUE(started.ok()) << Dump(started.error());
    wire_ = *std::move(started);
  }
  std::string Ask(std::string_view request) {
    Client client(wire_->port());
    client.Send(request);
    return client.ReadAll();
  }

  Echo echo_;
  std::unique_ptr<Wire> wire_;
};

TEST_F(WireTest, AnswersAndKeepsTheConnection) {
  Start();
  Client client(wire_->port());
  client.Send("GET /a HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("GET /a "), StartsWith("HTTP/1.1 200 OK\r\n"));
  client.Forget();
  client.Send("POST /b HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nConnection: close\r\n\r\nhello");
  const std::string text = client.ReadAll();
  EXPECT_THAT(text, HasSubstr("Connection: close\r\n"));
  EXPECT_THAT(text, HasSubstr("\r\n\r\nPOST /b hello"));
}

TEST_F(WireTest, PipelinedRequestsAreAnsweredInOrder) {
  Start();
  const std::string text =
      Ask("GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n"
          "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const size_t first = text.find("GET /1 ");
  const size_t second = text.find("GET /2 ");
  const size_t third = text.find("GET /3 ");
  ASSERT_NE(third, std::string::npos);
  EXPECT_LT(first, second);
  EXPECT_LT(second, third);
}

TEST_F(WireTest, HeadHasTheLengthAndNoBody) {
  Start();
  const std::string text = Ask("HEAD /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(text, HasSubstr("Content-Length: 8\r\n"));
  EXPECT_THAT(text, ::testing::EndsWith("\r\n\r\n"));
}

TEST_F(WireTest, ChunkedBodyIsRead) {
  Start();
  EXPECT_THAT(Ask("POST /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                  "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"),
              HasSubstr("POST /c abcde"));
}

TEST_F(WireTest, ClientThatWaitsForContinueIsToldToGoOn) {
  Start();
  Client client(wire_->port());
  client.Send(
      "POST /c HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 2\r\nExpect: "
      "100-continue\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("\r\n\r\n"), StartsWith("HTTP/1.1 100 Continue\r\n\r\n"));
  client.Send("ok");
  EXPECT_THAT(client.ReadAll(), HasSubstr("POST /c ok"));
}

TEST_F(WireTest, LineBreakInAHeaderValueCannotMakeAnotherHeader) {
  Start();
  EXPECT_THAT(Ask("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"),
              HasSubstr("X-Evil: aX-Injected: b\r\n"));
}

struct RefusedRow {
  const char* name;
  std::string request;
  const char* status;
  const char* code;
};

class Refused : public WireTest, public ::testing::WithParamInterface<RefusedRow> {};

TEST_P(Refused, WithAProblemDocumentAndTheConnectionClosed) {
  Start();
  const std::string text = Ask(GetParam().request);
  EXPECT_THAT(text, StartsWith(std::string("HTTP/1.1 ") + GetParam().status)) << GetParam().name;
  EXPECT_THAT(text, HasSubstr("Content-Type: application/problem+json"));
  EXPECT_THAT(text, HasSubstr(std::string("\"code\":\"") + GetParam().code + "\""));
}

INSTANTIATE_TEST_SUITE_P(
    All, Refused,
    ::testing::Values(
        RefusedRow{"not http", "hello there\r\n\r\n", "400", "malformed_request"},
        RefusedRow{"no version", "GET /\r\n\r\n", "400", "malformed_request"},
        RefusedRow{"broken escape", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n", "400", "malformed_request"},
        RefusedRow{"absolute target", "GET http://x/ HTTP/1.1\r\nHost: x\r\n\r\n", "400",
                   "malformed_request"},
        RefusedRow{"two lengths",
                   "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "400",
                   "malformed_request"},
        RefusedRow{"negative length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", "400",
                   "malformed_request"},
        RefusedRow{"huge header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n",
                   "431", "header_too_large"},
        RefusedRow{"announced body too large",
                   "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1001\r\n\r\n" + std::string(1'001, 'a'),
                   "413", "body_too_large"},
        RefusedRow{"chunked body too large",
                   "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7d0\r\n" +
                       std::string(2'000, 'a') + "\r\n0\r\n\r\n",
                   "413", "body_too_large"}),
    [](const auto& row) {
      std::string name = row.param.name;
      std::replace(name.begin(), name.end(), ' ', '_');
      return name;
    });

TEST_F(WireTest, BodyAtTheBoundIsTaken) {
  Start();
  const std::string body(1'000, 'a');
  EXPECT_THAT(Ask("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n" + body),
              HasSubstr("POST / " + body));
}

TEST_F(WireTest, SlowHeaderEndsInTime) {
  WireLimits limits;
  limits.header = milliseconds(150);
  Start(limits);
  Client client(wire_->port());
  client.Send("GET / HTTP/1.1\r\nHost: ");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 408"));
}

TEST_F(WireTest, DrippingHeaderDoesNotRestartTheClock) {
  WireLimits limits;
  limits.header = milliseconds(300);
  Start(limits);
  Client client(wire_->port());
  client.Send("GET / HTTP/1.1\r\nHost: x\r\nX-Endless: ");
  const auto begin = std::chrono::steady_clock::now();
  // A character of one endless header line every 20 ms: each is in time, all together are not.
  while (!client.AnswersWithin(milliseconds(20)) &&
         std::chrono::steady_clock::now() - begin < std::chrono::seconds(5)) {
    client.Send("x");
  }
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 408"));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(WireTest, SlowBodyEndsInTime) {
  WireLimits limits;
  limits.body = milliseconds(150);
  Start(limits);
  Client client(wire_->port());
  client.Send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nab");
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 408"));
}

TEST_F(WireTest, SilentConnectionIsClosed) {
  WireLimits limits;
  limits.header = milliseconds(150);
  Start(limits);
  Client client(wire_->port());
  EXPECT_EQ(client.ReadAll(), "");
}

TEST_F(WireTest, OneConnectionTooManyIsToldSo) {
  WireLimits limits;
  limits.connections = 2;
  Start(limits);
  Client one(wire_->port());
  Client two(wire_->port());
  one.Send("GET /1 HTTP/1.1\r\nHost: x\r\n\r\n");
  two.Send("GET /2 HTTP/1.1\r\nHost: x\r\n\r\n");
  one.ReadUntil("GET /1");
  two.ReadUntil("GET /2");
  Client three(wire_->port());
  EXPECT_THAT(three.ReadAll(), StartsWith("HTTP/1.1 503"));
}

TEST_F(WireTest, FaultInAHandlerIsAnAnswerNotAnEnd) {
  Start();
  EXPECT_THAT(Ask("GET /throw HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), StartsWith("HTTP/1.1 500"));
  EXPECT_THAT(Ask("GET /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), HasSubstr("GET /a"));
}

TEST_F(WireTest, StreamSendsNewsAsItComesAndEnds) {
  Start();
  Client client(wire_->port());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.feed->Push("data: 1\n\n");
  EXPECT_THAT(client.ReadUntil("data: 1\n\n"), ::testing::Not(HasSubstr("Content-Length")));
  echo_.feed->Push("data: 2\n\n", false);
  EXPECT_THAT(client.ReadAll(), ::testing::EndsWith("data: 2\n\n"));
}

TEST_F(WireTest, SilentStreamHasAHeartbeat) {
  WireLimits limits;
  limits.heartbeat = milliseconds(50);
  Start(limits);
  Client client(wire_->port());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadUntil(": still here\n\n"), HasSubstr(": still here\n\n"));
}

TEST_F(WireTest, RequestUnderWayIsAnsweredBeforeTheEnd) {
  Start();
  Client client(wire_->port());
  Client idle(wire_->port());
  client.Send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  const Reply reply = echo_.Held();
  std::thread stop([this] { wire_->Stop(std::chrono::seconds(5)); });
  EXPECT_EQ(idle.ReadAll(), "");  // closed at once
  Response response;
  response.body = "in time";
  reply(std::move(response));
  EXPECT_THAT(client.ReadAll(), HasSubstr("in time"));
  stop.join();
}

TEST_F(WireTest, StopDoesNotWaitLongerThanItsGrace) {
  Start();
  Client client(wire_->port());
  client.Send("GET /hold HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.Held();
  const auto begin = std::chrono::steady_clock::now();
  wire_->Stop(milliseconds(200));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
}

TEST_F(WireTest, StopEndsStreams) {
  Start();
  Client client(wire_->port());
  client.Send("GET /stream HTTP/1.1\r\nHost: x\r\n\r\n");
  echo_.feed->Push("data: 1\n\n");
  client.ReadUntil("data: 1\n\n");
  const auto begin = std::chrono::steady_clock::now();
  wire_->Stop(std::chrono::seconds(5));
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(3));
  client.ReadAll();
}

TEST_F(WireTest, PortInUseIsSaid) {
  Start();
  WireOptions options;
  options.port = wire_->port();
  const auto second = StartWire(options, echo_);
  ASSERT_FALSE(second.ok());
  EXPECT_EQ(second.error().front().code, DiagnosticCode::address_in_use);
  options.host = "not an address";
  EXPECT_EQ(StartWire(options, echo_).error().front().code, DiagnosticCode::cannot_listen);
}

}  // namespace
}  // namespace recado::server
