#include "native/net/transfers.h"

#include <algorithm>
#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "native/net/limits.h"
#include "native/net/url_guard.h"

namespace recado::net {
namespace {

static_assert(CURL_ERROR_SIZE <= 256);

constexpr size_t kIdleEasies = 64;    // handles kept for reuse; making one costs some 10 µs
constexpr int kTurnMs = 1000;         // longest sleep; commands wake the engine at once
constexpr long kMaxIdleSeconds = 30;  // the older an idle connection, the likelier the server closes it just
                                      // as we write, and that leaves a message in doubt
constexpr long kKeepIdleConnections = 128;

constexpr int kNeverTried = -1;  // instead of a CURLcode: the handle was not given to libcurl

bool AnyByteLeft(CURL* easy) {
  long bytes = 0;
  return curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &bytes) != CURLE_OK || bytes > 0;
}

void InitialiseCurl() {
  static const CURLcode done = curl_global_init(CURL_GLOBAL_DEFAULT);
  (void)done;
}

// Transfers' names differ from libcurl's only where a person deciding about a retry needs it.
Failure FailureOf(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return Failure::kNone;
    case CURLE_URL_MALFORMAT:
    case CURLE_UNSUPPORTED_PROTOCOL:
    case CURLE_NOT_BUILT_IN:
      return Failure::kBadRequest;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return Failure::kResolve;
    case CURLE_COULDNT_CONNECT:
      return Failure::kConnect;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
    case CURLE_USE_SSL_FAILED:
      return Failure::kTls;
    case CURLE_OPERATION_TIMEDOUT:
      return Failure::kTimeout;
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_SEND_FAIL_REWIND:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return Failure::kReset;
    case CURLE_READ_ERROR:
      return Failure::kFile;
    case CURLE_FILESIZE_EXCEEDED:
      return Failure::kTooLarge;
    default:
      return Failure::kOther;
  }
}

}  // namespace

std::string_view FailureName(Failure failure) {
  constexpr std::string_view kNames[] = {"none",      "bad_request", "forbidden_address", "resolve",
                                         "connect",   "tls",         "timeout",           "reset",
                                         "too_large", "file",        "cancelled",         "other"};
  return kNames[static_cast<size_t>(failure)];
}

Transfers::Transfers(PrivateNetworks private_networks) : private_networks_(std::move(private_networks)) {
  InitialiseCurl();
  multi_ = curl_multi_init();
  curl_multi_setopt(multi_, CURLMOPT_PIPELINING, CURLPIPE_MULTIPLEX);
  curl_multi_setopt(multi_, CURLMOPT_MAX_TOTAL_CONNECTIONS, kMaxConnections);
  curl_multi_setopt(multi_, CURLMOPT_MAXCONNECTS, kKeepIdleConnections);
  thread_ = std::thread([this] { Run(); });
}

Transfers::~Transfers() {
  Stop(std::chrono::milliseconds(0));
}

// --- callers' side

bool Transfers::Push(Command command) {
  const std::lock_guard lock(mutex_);
  if (ended_) return false;
  // Only the first command of a batch has to wake the engine: it takes the whole inbox at once. Under the
  // lock, so that the handle can't go away in between; it writes one byte and never waits.
  if (inbox_.empty()) curl_multi_wakeup(multi_);
  inbox_.push_back(std::move(command));
  return true;
}

Transfers::Id Transfers::Start(std::unique_ptr<Transfer> transfer) {
  std::unique_lock lock(mutex_);
  const Id id = next_id_++;
  if (!stopping_ && pending_ < kMaxQueuedTransfers) {
    ++pending_;
    if (inbox_.empty()) curl_multi_wakeup(multi_);
    inbox_.emplace_back(Waiting{id, std::move(transfer)});
    return id;
  }
  lock.unlock();
  transfer->Finish({.failure = Failure::kCancelled, .error = "The sender takes no more."});
  return id;
}

void Transfers::Cancel(Id id) {
  Push(id);
}

bool Transfers::Post(std::function<void()> task) {
  return Push(std::move(task));
}

void Transfers::BeginStop() {
  const std::lock_guard lock(mutex_);
  stopping_ = true;
  if (!ended_) curl_multi_wakeup(multi_);
}

void Transfers::FinishStop(Clock::time_point deadline) {
  if (!thread_.joinable()) return;
  BeginStop();
  {
    std::unique_lock lock(mutex_);
    ended_changed_.wait_until(lock, deadline, [this] { return ended_; });
    cancelling_ = true;
    if (!ended_) {
      // Ends also a wait inside libcurl (an SMTP reply), which no wake-up would.
      for (const int socket : sockets_) shutdown(socket, SHUT_RDWR);
      curl_multi_wakeup(multi_);
    }
  }
  thread_.join();
}

void Transfers::Stop(std::chrono::milliseconds grace) {
  FinishStop(Clock::now() + grace);
}

// --- the engine's side

void Transfers::Run() {
  std::vector<Command> commands;
  while (true) {
    commands.clear();
    bool stopping = false;
    bool cancelling = false;
    {
      const std::lock_guard lock(mutex_);
      commands.swap(inbox_);
      stopping = stopping_;
      cancelling = cancelling_;
    }
    for (Command& command : commands) Obey(command);
    if (stopping) DropQueues();
    while (cancelling && !active_.empty()) CancelOne(active_.begin()->first);
    int running = 0;
    curl_multi_perform(multi_, &running);
    ReadEndings();
    if (stopping && active_.empty()) {
      const std::lock_guard lock(mutex_);
      ended_ = inbox_.empty();
      if (ended_) break;
      continue;
    }
    curl_multi_poll(multi_, nullptr, 0, kTurnMs, nullptr);
  }
  // QUIT is still written to mail servers, but nobody waits for the answer.
  ShutDownSockets(SHUT_RD);
  for (CURL* easy : idle_easies_) curl_easy_cleanup(easy);
  curl_multi_cleanup(multi_);
  ended_changed_.notify_all();
}

void Transfers::Obey(Command& command) {
  if (auto* waiting = std::get_if<Waiting>(&command)) {
    Admit(std::move(*waiting));
  } else if (const Id* id = std::get_if<Id>(&command)) {
    CancelOne(*id);
  } else {
    std::get<std::function<void()>>(command)();
  }
}

void Transfers::Admit(Waiting waiting) {
  Lane& lane = lanes_[waiting.transfer->lane];
  if (lane.active >= kMaxActivePerHost) {
    lane.queue.push_back(std::move(waiting));
    return;
  }
  ++lane.active;
  Begin(std::move(waiting));
}

void Transfers::Begin(Waiting waiting) {
  CURL* easy = TakeEasy();
  Transfer& transfer = *waiting.transfer;
  transfer.engine_ = this;
  transfer.easy_ = easy;
  active_.emplace(waiting.id, Active{easy, std::move(waiting.transfer)});
  SetCommonOptions(easy, transfer);
  // The id travels as the pointer's bits; ids of one process never come near its width.
  curl_easy_setopt(easy, CURLOPT_PRIVATE, reinterpret_cast<char*>(static_cast<uintptr_t>(waiting.id)));
  if (transfer.Prepare(easy)) {
    curl_multi_add_handle(multi_, easy);
  } else {
    unprepared_.push_back(waiting.id);  // ended by ReadEndings, so that a queue of such does not nest calls
  }
}

void Transfers::SetCommonOptions(CURL* easy, Transfer& transfer) {
  curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, transfer.error_.data());
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_QUICK_EXIT, 1L);  // a name look-up that hangs does not hold up the end
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_PROXY, "");  // a proxy of the environment would step around the URL guard
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_TCP_KEEPALIVE, 1L);
  curl_easy_setopt(easy, CURLOPT_MAXAGE_CONN, kMaxIdleSeconds);
  using OpenSocket = curl_socket_t (*)(void*, curlsocktype, curl_sockaddr*);
  const OpenSocket open = [](void* p, curlsocktype purpose, curl_sockaddr* address) -> curl_socket_t {
    return OnSocket(p, purpose, address);
  };
  using CloseSocket = int (*)(void*, curl_socket_t);
  const CloseSocket close_socket = [](void* p, curl_socket_t socket) { return OnClose(p, socket); };
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, close_socket);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETDATA, this);  // outlives the transfer, as the connection does
  curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, &Transfers::OnReady);
  curl_easy_setopt(easy, CURLOPT_PREREQDATA, &transfer);
}

// A socket is opened only to an address that the transfer may use, whatever the name resolved to a moment
// ago.
int Transfers::OnSocket(void* transfer_pointer, int, void* address_pointer) {
  auto* transfer = static_cast<Transfer*>(transfer_pointer);
  const auto* address = static_cast<const curl_sockaddr*>(address_pointer);
  const bool allowed = IsPublicAddress(address->addr) ||
                       (transfer->allow_private && transfer->engine_->private_networks_.Allow(address->addr));
  if (!allowed) {
    transfer->refused_address_ = true;
    return static_cast<int>(CURL_SOCKET_BAD);
  }
  const int socket_fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
  if (socket_fd >= 0) {
    const std::lock_guard lock(transfer->engine_->mutex_);
    transfer->engine_->sockets_.insert(socket_fd);
  }
  return socket_fd;
}

int Transfers::OnClose(void* engine_pointer, int socket_fd) {
  auto* engine = static_cast<Transfers*>(engine_pointer);
  // Closed under the lock: FinishStop must not shut down a number that has found a new owner.
  const std::lock_guard lock(engine->mutex_);
  engine->sockets_.erase(socket_fd);
  return close(socket_fd);
}

// The connection stands, new or reused, and the request comes next. A reused one may have been opened by a
// transfer that was allowed more.
int Transfers::OnReady(void* transfer_pointer, char* address, char*, int, int) {
  auto* transfer = static_cast<Transfer*>(transfer_pointer);
  const std::string_view there = address;
  const bool allowed = IsPublicAddress(there) ||
                       (transfer->allow_private && transfer->engine_->private_networks_.Allow(there));
  if (!allowed) {
    transfer->refused_address_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  // A second time: libcurl has lost the connection and would send the request again by itself.
  if (transfer->reached && !transfer->repeatable && AnyByteLeft(transfer->easy_)) {
    transfer->refused_repeat_ = true;
    return CURL_PREREQFUNC_ABORT;
  }
  transfer->reached = true;
  return CURL_PREREQFUNC_OK;
}

void Transfers::ReadEndings() {
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(multi_, &left)) {
    if (message->msg != CURLMSG_DONE) continue;
    char* bits = nullptr;
    curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &bits);
    const CURLcode code = message->data.result;  // before End frees the message
    End(static_cast<Id>(reinterpret_cast<uintptr_t>(bits)), code, false);
  }
  while (!unprepared_.empty()) {
    const Id id = unprepared_.back();
    unprepared_.pop_back();
    End(id, kNeverTried, false);
  }
}

void Transfers::End(Id id, int curl_code, bool cancelled) {
  const auto found = active_.find(id);
  if (found == active_.end()) return;
  Active active = std::move(found->second);
  active_.erase(found);
  const bool tried = curl_code != kNeverTried;
  if (tried) curl_multi_remove_handle(multi_, active.easy);
  Transfer::Ending ending{.easy = active.easy, .curl_code = tried ? curl_code : 0, .error = {}};
  ending.prepared = tried;
  ending.any_byte_left = active.transfer->reached && AnyByteLeft(active.easy);
  ending.failure = FailureOf(static_cast<CURLcode>(ending.curl_code));
  if (ending.failure != Failure::kNone) {
    const char* text = active.transfer->error_.data();
    ending.error = *text != '\0' ? text : curl_easy_strerror(static_cast<CURLcode>(ending.curl_code));
  }
  if (active.transfer->refused_address_ && !active.transfer->reached) {
    ending.failure = Failure::kForbiddenAddress;
    ending.error =
        "The host's address is private or local. Only a provider's own address may be, where the "
        "service's setting private-networks allows it.";
  }
  if (active.transfer->refused_repeat_) {
    ending.failure = Failure::kReset;
    ending.error = "The connection ended before the answer.";
  }
  // After the request has been written, "unsupported" is about the answer.
  if (ending.failure == Failure::kBadRequest && active.transfer->reached) ending.failure = Failure::kOther;
  if (cancelled) ending.failure = Failure::kCancelled;
  if (cancelled) ending.error = "Cancelled.";
  active.transfer->Finish(ending);
  const std::string lane = std::move(active.transfer->lane);
  active.transfer.reset();
  curl_easy_reset(active.easy);
  if (idle_easies_.size() < kIdleEasies) {
    idle_easies_.push_back(active.easy);
  } else {
    curl_easy_cleanup(active.easy);
  }
  {
    const std::lock_guard lock(mutex_);
    --pending_;
  }
  NextOf(lane);
}

void Transfers::NextOf(const std::string& name) {
  const auto found = lanes_.find(name);
  if (found == lanes_.end()) return;
  Lane& lane = found->second;
  --lane.active;
  if (!lane.queue.empty()) {
    Waiting next = std::move(lane.queue.front());
    lane.queue.pop_front();
    ++lane.active;
    Begin(std::move(next));
  } else if (lane.active == 0) {
    lanes_.erase(found);
  }
}

void Transfers::CancelOne(Id id) {
  if (active_.contains(id)) {
    End(id, CURLE_ABORTED_BY_CALLBACK, true);
    return;
  }
  for (auto& [name, lane] : lanes_) {
    const auto found =
        std::find_if(lane.queue.begin(), lane.queue.end(), [id](const Waiting& w) { return w.id == id; });
    if (found == lane.queue.end()) continue;
    const std::unique_ptr<Transfer> transfer = std::move(found->transfer);
    lane.queue.erase(found);
    transfer->Finish({.failure = Failure::kCancelled, .error = "Cancelled."});
    const std::lock_guard lock(mutex_);
    --pending_;
    return;
  }
}

void Transfers::DropQueues() {
  for (auto& [name, lane] : lanes_) {
    std::deque<Waiting> queue = std::exchange(lane.queue, {});
    for (Waiting& waiting : queue) {
      waiting.transfer->Finish({.failure = Failure::kCancelled, .error = "The service is stopping."});
      const std::lock_guard lock(mutex_);
      --pending_;
    }
  }
}

CURL* Transfers::TakeEasy() {
  if (idle_easies_.empty()) return curl_easy_init();
  CURL* easy = idle_easies_.back();
  idle_easies_.pop_back();
  return easy;
}

void Transfers::ShutDownSockets(int how) {
  const std::lock_guard lock(mutex_);
  for (const int socket_fd : sockets_) shutdown(socket_fd, how);
}

}  // namespace recado::net
