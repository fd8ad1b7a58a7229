#include "native/server/wire.h"

#include <array>
#include <atomic>
#include <boost/asio.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <condition_variable>
#include <list>
#include <mutex>
#include <thread>
#include <tuple>
#include <vector>

#include "native/server/log.h"

namespace recado::server {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;
using Parser = http::request_parser<http::string_body>;
using asio::awaitable;
using asio::use_awaitable;
using boost::system::error_code;

// After a refusal the rest of the body is read and dropped for this long at most: closing at once would reset
// the connection, and the client would never see the answer.
constexpr std::chrono::seconds kLinger{2};
constexpr size_t kMaxLingerBytes = 16 * 1024 * 1024;
// Closed connections end by themselves, within one turn of their strands.
constexpr std::chrono::milliseconds kCloseGrace{1'000};

// In coroutines nothing but locals is handed to what is awaited, and an awaited value is given a name before
// it is looked at: g++ 12 makes wrong code of some temporaries that live across a suspension (GCC bug 99576
// and its kin).
constexpr auto kNoThrow = asio::as_tuple(use_awaitable);

Method MethodOf(http::verb verb) {
  switch (verb) {
    case http::verb::get:
      return Method::kGet;
    case http::verb::head:
      return Method::kHead;
    case http::verb::post:
      return Method::kPost;
    case http::verb::put:
      return Method::kPut;
    case http::verb::delete_:
      return Method::kDelete;
    default:
      return Method::kOther;
  }
}

// Header values come from our own code, but a name of a file may be among them.
void AppendHeader(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ");
  for (const char c : value) {
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\t') out.push_back(c);
  }
  out.append("\r\n");
}

std::string HeadOf(const Response& response, bool keep_alive) {
  std::string out = "HTTP/1.1 " + std::to_string(response.status) + " ";
  out.append(ReasonPhrase(response.status)).append("\r\n");
  for (const auto& [name, value] : response.headers) AppendHeader(out, name, value);
  const bool bodiless = response.status == 204 || response.status == 304;
  if (!response.feed && !bodiless)
    AppendHeader(out, "Content-Length", std::to_string(response.Body().size()));
  AppendHeader(out, "Connection", keep_alive ? "keep-alive" : "close");
  return out.append("\r\n");
}

Response MalformedRequest(std::string detail) {
  return Problem(Diagnostic::Of(DiagnosticCode::malformed_request).With("detail", std::move(detail)));
}

// What the parser found wrong, as an answer.
Response RefusalOf(const error_code& error, const WireLimits& limits, std::chrono::milliseconds waited,
                   size_t max_body) {
  if (error == beast::error::timeout) {
    return Problem(Diagnostic::Of(DiagnosticCode::request_too_slow)
                       .With("seconds", std::to_string((waited.count() + 999) / 1000)));
  }
  if (error == http::error::header_limit) {
    return Problem(
        Diagnostic::Of(DiagnosticCode::header_too_large).With("limit", std::to_string(limits.header_bytes)));
  }
  if (error == http::error::body_limit) {
    return Problem(Diagnostic::Of(DiagnosticCode::body_too_large).With("limit", std::to_string(max_body)));
  }
  return MalformedRequest(error.message());
}

class Server;

// A request that a worker has. The first answer is delivered; later ones, even after the server is gone, find
// nothing: what belongs to the server's threads is given up with the first.
struct Pending {
  void Answer(Response response) {
    std::function<void(Response)> taken;
    {
      const std::lock_guard lock(mutex);
      taken.swap(deliver);
    }
    if (taken) taken(std::move(response));
  }

  std::mutex mutex;
  std::function<void(Response)> deliver;
};

// One connection. Lives on its strand; everything but Close is called there.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Server& server, tcp::socket socket, bool crowded)
      : server_(server), socket_(std::move(socket)), deadline_(socket_.get_executor()), crowded_(crowded) {}

  awaitable<void> Run();
  asio::any_io_executor executor() { return socket_.get_executor(); }
  // Ends it where nothing is under way; what is under way is answered first. From any thread.
  void Wind();
  // Ends it whatever is under way. From any thread.
  void Close();

 private:
  enum class Next { kRead, kClose };

  awaitable<Next> Serve();
  awaitable<bool> ReadBody(Parser& parser, size_t max_body);
  awaitable<void> Refuse(const Response& response);
  awaitable<Response> Ask(Request& request);
  awaitable<bool> Write(const Response& response, bool head_only, bool keep_alive);
  awaitable<void> Stream(std::shared_ptr<Feed> feed);
  awaitable<void> Linger();
  Request RequestOf(Parser& parser) const;
  void WakeStream();
  // What is read or written from here on is given up after `limit`. The socket stays usable, so that the
  // other end can be told (Beast's own stream closes it).
  void Within(std::chrono::milliseconds limit);
  void CloseSocket();

  Server& server_;
  tcp::socket socket_;
  asio::steady_timer deadline_;
  bool timed_out_ = false;
  uint64_t round_ = 0;  // counts the deadlines set
  beast::flat_buffer buffer_;
  std::shared_ptr<Pending> pending_;          // the request under way
  std::unique_ptr<asio::steady_timer> news_;  // set while streaming; cancelled when there is something to say
  bool news_waiting_ = false;
  bool crowded_;
  bool busy_ = false;    // a request is under way
  bool served_ = false;  // one has been
};

class Server : public Wire {
 public:
  Server(const WireOptions& options, WireHandler& handler)
      : options_(options),
        handler_(handler),
        io_(options.io_threads),
        acceptor_(io_),
        workers_(static_cast<size_t>(options.workers)) {}
  ~Server() override { Stop(std::chrono::milliseconds(0)); }

  Diagnostics Listen();
  uint16_t port() const override { return port_; }
  void Stop(std::chrono::milliseconds grace) override;

  const WireLimits& limits() const { return options_.limits; }
  WireHandler& handler() { return handler_; }
  asio::thread_pool& workers() { return workers_; }
  bool stopping() const { return stopping_.load(std::memory_order_relaxed); }

 private:
  awaitable<void> Accept();
  void Add(const std::shared_ptr<Connection>& connection);
  void Remove(const Connection* connection);
  std::vector<std::shared_ptr<Connection>> All();
  void AwaitEmpty(std::chrono::milliseconds most);

  WireOptions options_;
  WireHandler& handler_;
  asio::io_context io_;
  tcp::acceptor acceptor_;
  asio::thread_pool workers_;
  std::vector<std::thread> threads_;
  uint16_t port_ = 0;
  std::atomic<bool> stopping_{false};
  bool stopped_ = false;

  std::mutex mutex_;
  std::condition_variable emptied_;
  std::list<std::shared_ptr<Connection>> connections_;
};

// ---- Connection

void Connection::Wind() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    if (self->busy_) {
      self->WakeStream();
    } else {
      self->CloseSocket();
    }
  });
}

void Connection::Close() {
  asio::post(socket_.get_executor(), [self = shared_from_this()] {
    self->CloseSocket();
    self->WakeStream();
    if (self->pending_) self->pending_->Answer(Problem(Diagnostic::Of(DiagnosticCode::service_busy)));
  });
}

void Connection::Within(std::chrono::milliseconds limit) {
  timed_out_ = false;
  deadline_.expires_after(limit);  // ends the wait before
  deadline_.async_wait([weak = weak_from_this(), round = ++round_](const error_code& cancelled) {
    const auto self = weak.lock();
    if (cancelled || !self || self->round_ != round) return;  // a wait that ended as the next one began
    self->timed_out_ = true;
    error_code ignored;
    self->socket_.cancel(ignored);
  });
}

void Connection::CloseSocket() {
  deadline_.cancel();
  error_code ignored;
  socket_.close(ignored);
}

void Connection::WakeStream() {
  news_waiting_ = true;
  if (news_) news_->cancel();
}

awaitable<void> Connection::Run() {
  if (crowded_) {
    const Response busy = Problem(Diagnostic::Of(DiagnosticCode::service_busy));
    co_await Refuse(busy);
  }
  Next next = crowded_ ? Next::kClose : Next::kRead;
  while (next == Next::kRead && !server_.stopping()) {
    next = co_await Serve();
    busy_ = false;
  }
  error_code ignored;
  socket_.shutdown(tcp::socket::shutdown_send, ignored);
  CloseSocket();
}

// One request and its answer.
awaitable<Connection::Next> Connection::Serve() {
  const WireLimits& limits = server_.limits();
  error_code error;
  size_t read = 0;
  // A connection that has shown good manners may wait longer for its next request than a stranger for its
  // first.
  if (buffer_.size() == 0) {
    Within(served_ ? limits.idle : limits.header);
    std::tie(error, read) = co_await socket_.async_read_some(buffer_.prepare(4096), kNoThrow);
    if (error) co_return Next::kClose;
    buffer_.commit(read);
  }
  busy_ = true;
  served_ = true;

  Parser parser;
  parser.header_limit(static_cast<uint32_t>(limits.header_bytes));
  parser.body_limit(boost::none);  // the bound depends on what is asked for: after the header
  Within(limits.header);
  std::tie(error, read) = co_await http::async_read_header(socket_, buffer_, parser, kNoThrow);
  if (timed_out_) error = beast::error::timeout;
  if (error == http::error::end_of_stream || error == asio::error::connection_reset) co_return Next::kClose;
  if (error) {
    const Response refusal = RefusalOf(error, limits, limits.header, 0);
    co_await Refuse(refusal);
    co_return Next::kClose;
  }

  Request request = RequestOf(parser);
  if (!ParseTarget({parser.get().target().data(), parser.get().target().size()}, request)) {
    const Response refusal = MalformedRequest("its path is not a valid one");
    co_await Refuse(refusal);
    co_return Next::kClose;
  }
  const size_t max_body = server_.handler().MaxBody(request);
  const bool whole = co_await ReadBody(parser, max_body);
  if (!whole) co_return Next::kClose;
  request.body = std::move(parser.get().body());

  const bool head_only = request.method == Method::kHead;
  const bool keep_alive = parser.get().keep_alive();
  const Response response = co_await Ask(request);
  const bool stay = keep_alive && !server_.stopping() && response.feed == nullptr;
  const bool written = co_await Write(response, head_only, stay);
  if (!written) co_return Next::kClose;
  if (response.feed && !head_only) co_await Stream(response.feed);
  co_return stay ? Next::kRead : Next::kClose;
}

Request Connection::RequestOf(Parser& parser) const {
  const auto& message = parser.get();
  Request request;
  request.method = MethodOf(message.method());
  for (const auto& field : message) {
    request.headers.emplace(std::string(field.name_string()), std::string(field.value()));
  }
  error_code error;
  const auto remote = socket_.remote_endpoint(error);
  if (!error) request.remote = remote.address().to_string();
  return request;
}

awaitable<bool> Connection::ReadBody(Parser& parser, size_t max_body) {
  const auto length = parser.content_length();
  if (length && *length > max_body) {
    const Response refusal =
        Problem(Diagnostic::Of(DiagnosticCode::body_too_large).With("limit", std::to_string(max_body)));
    co_await Refuse(refusal);
    co_return false;
  }
  if (parser.is_done()) co_return true;
  parser.body_limit(max_body);
  if (beast::iequals(parser.get()[http::field::expect], "100-continue")) {
    constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto [error, wrote] =
        co_await asio::async_write(socket_, asio::buffer(kContinue.data(), kContinue.size()), kNoThrow);
    if (error) co_return false;
  }
  const WireLimits& limits = server_.limits();
  Within(limits.body);
  auto [error, read] = co_await http::async_read(socket_, buffer_, parser, kNoThrow);
  if (!error) co_return true;
  if (timed_out_) error = beast::error::timeout;
  const bool gone = error == http::error::end_of_stream || error == http::error::partial_message ||
                    error == asio::error::connection_reset || error == asio::error::operation_aborted;
  if (gone) co_return false;
  const Response refusal = RefusalOf(error, limits, limits.body, max_body);
  co_await Refuse(refusal);
  co_return false;
}

// Answers a request that is not going to be read to its end, and closes in a way that lets the answer arrive.
awaitable<void> Connection::Refuse(const Response& response) {
  const bool written = co_await Write(response, false, false);
  if (written) co_await Linger();
}

awaitable<void> Connection::Linger() {
  error_code error;
  socket_.shutdown(tcp::socket::shutdown_send, error);
  Within(kLinger);
  buffer_.clear();
  size_t dropped = 0;
  while (!error && dropped < kMaxLingerBytes) {
    size_t read = 0;
    std::tie(error, read) = co_await socket_.async_read_some(buffer_.prepare(64 * 1024), kNoThrow);
    dropped += read;
  }
}

// Hands the request to a worker and waits for its reply, which comes back on this connection's strand.
awaitable<Response> Connection::Ask(Request& request) {
  auto asked = std::make_shared<Request>(std::move(request));
  pending_ = std::make_shared<Pending>();
  auto start = [this, asked, pending = pending_](auto completion) {
    auto shared = std::make_shared<decltype(completion)>(std::move(completion));
    pending->deliver = [executor = socket_.get_executor(), shared](Response response) {
      auto held = std::make_shared<Response>(std::move(response));
      asio::post(executor, [shared, held]() mutable { (*shared)(std::move(*held)); });
    };
    asio::post(server_.workers(), [&handler = server_.handler(), asked, pending] {
      const Reply reply = [pending](Response response) { pending->Answer(std::move(response)); };
      try {
        handler.Handle(std::move(*asked), reply);
      } catch (const std::exception& fault) {
        LogLine(LogLevel::kWarning, "handler failed", {{"fault", fault.what()}});
        reply(Problem(Diagnostic::Of(DiagnosticCode::internal_fault), 500));
      }
    });
  };
  co_return co_await asio::async_initiate<decltype(use_awaitable), void(Response)>(std::move(start),
                                                                                   use_awaitable);
}

awaitable<bool> Connection::Write(const Response& response, bool head_only, bool keep_alive) {
  const std::string head = HeadOf(response, keep_alive);
  const std::string_view body = head_only || response.feed ? std::string_view() : response.Body();
  const std::array<asio::const_buffer, 2> buffers = {asio::buffer(head),
                                                     asio::buffer(body.data(), body.size())};
  Within(server_.limits().write);
  const auto [error, wrote] = co_await asio::async_write(socket_, buffers, kNoThrow);
  co_return !error;
}

awaitable<void> Connection::Stream(std::shared_ptr<Feed> feed) {
  news_ = std::make_unique<asio::steady_timer>(socket_.get_executor());
  std::weak_ptr<Connection> weak = weak_from_this();
  feed->OnNews([weak] {
    if (const auto self = weak.lock()) {
      asio::post(self->socket_.get_executor(), [self] { self->WakeStream(); });
    }
  });
  std::string text;
  bool open = true;
  while (open && !server_.stopping()) {
    text.clear();
    news_waiting_ = false;
    open = feed->Drain(text);
    if (text.empty() && open) {
      news_->expires_after(server_.limits().heartbeat);
      co_await news_->async_wait(kNoThrow);  // to its end, or cancelled by WakeStream
      if (news_waiting_) continue;
      text = ": still here\n\n";
    }
    if (text.empty()) continue;
    Within(server_.limits().write);
    const auto [error, wrote] = co_await asio::async_write(socket_, asio::buffer(text), kNoThrow);
    open = open && !error;
  }
  feed->OnNews(nullptr);
}

// ---- Server

Diagnostics Server::Listen() {
  const std::string where = options_.host + ":" + std::to_string(options_.port);
  const auto fault = [&where](const error_code& error) -> Diagnostics {
    if (error == asio::error::address_in_use)
      return {Diagnostic::Of(DiagnosticCode::address_in_use).With("value", where)};
    return {
        Diagnostic::Of(DiagnosticCode::cannot_listen).With("value", where).With("detail", error.message())};
  };
  error_code error;
  const auto address = asio::ip::make_address(options_.host, error);
  if (error) return fault(error);
  const tcp::endpoint endpoint(address, options_.port);
  acceptor_.open(endpoint.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error) acceptor_.bind(endpoint, error);
  if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
  if (error) return fault(error);
  port_ = acceptor_.local_endpoint().port();
  asio::co_spawn(io_, Accept(), asio::detached);
  for (int i = 0; i < options_.io_threads; ++i) {
    threads_.emplace_back([this] { io_.run(); });
  }
  return {};
}

awaitable<void> Server::Accept() {
  while (!stopping()) {
    auto [error, socket] = co_await acceptor_.async_accept(asio::make_strand(io_), kNoThrow);
    if (error == asio::error::operation_aborted || error == asio::error::bad_descriptor) break;
    if (error) {
      // Out of file descriptors, most likely: existing connections go on, new ones wait a moment.
      asio::steady_timer pause(io_, std::chrono::milliseconds(50));
      co_await pause.async_wait(kNoThrow);
      continue;
    }
    error_code ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    bool crowded = false;
    {
      const std::lock_guard lock(mutex_);
      crowded = connections_.size() >= options_.limits.connections;
      // Twice the bound is turned away without a word: even refusing costs a connection.
      if (connections_.size() >= 2 * options_.limits.connections) continue;
    }
    auto connection = std::make_shared<Connection>(*this, std::move(socket), crowded);
    Add(connection);
    auto executor = connection->executor();
    asio::co_spawn(
        executor, [connection]() { return connection->Run(); },
        [this, connection](const std::exception_ptr& fault) {
          if (fault) LogLine(LogLevel::kWarning, "a connection ended by a fault of ours", {});
          Remove(connection.get());
        });
  }
}

void Server::Add(const std::shared_ptr<Connection>& connection) {
  const std::lock_guard lock(mutex_);
  connections_.push_back(connection);
}

void Server::Remove(const Connection* connection) {
  const std::lock_guard lock(mutex_);
  connections_.remove_if([connection](const auto& other) { return other.get() == connection; });
  if (connections_.empty()) emptied_.notify_all();
}

std::vector<std::shared_ptr<Connection>> Server::All() {
  const std::lock_guard lock(mutex_);
  return {connections_.begin(), connections_.end()};
}

void Server::AwaitEmpty(std::chrono::milliseconds most) {
  if (threads_.empty()) return;
  std::unique_lock lock(mutex_);
  emptied_.wait_for(lock, most, [this] { return connections_.empty(); });
}

void Server::Stop(std::chrono::milliseconds grace) {
  if (stopped_) return;
  stopped_ = true;
  stopping_ = true;
  asio::post(io_, [this] {
    error_code ignored;
    acceptor_.close(ignored);
  });
  for (const auto& connection : All()) connection->Wind();
  AwaitEmpty(grace);
  for (const auto& connection : All()) connection->Close();
  AwaitEmpty(kCloseGrace);
  workers_.join();  // a handler under way ends; its reply goes to a closed connection
  io_.stop();
  for (std::thread& thread : threads_) thread.join();
  threads_.clear();
  const std::lock_guard lock(mutex_);
  connections_.clear();
}

}  // namespace

Result<std::unique_ptr<Wire>> StartWire(const WireOptions& options, WireHandler& handler) {
  auto server = std::make_unique<Server>(options, handler);
  if (Diagnostics faults = server->Listen(); !faults.empty()) return faults;
  return std::unique_ptr<Wire>(std::move(server));
}

}  // namespace recado::server
