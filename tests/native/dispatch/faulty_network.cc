#include "tests/native/dispatch/faulty_network.h"

#include <cerrno>
#include <dlfcn.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace recado::dispatch {

std::string_view NameOf(Fault fault) {
  constexpr std::string_view kNames[] = {"no socket",        "refused",     "unreachable",
                                         "broken handshake", "send reset",  "half sent",
                                         "receive reset",    "receive end", "poll fails"};
  return kNames[static_cast<size_t>(fault)];
}

void FaultyNetwork::Arm(Fault fault, int n) {
  {
    const std::lock_guard lock(mutex_);
    sockets_.clear();
    dead_.clear();
  }
  fault_ = fault;
  left_ = n;
  struck_ = false;
  bytes_sent_ = 0;
  armed_ = true;
}

void FaultyNetwork::Disarm() {
  left_ = 0;
  armed_ = false;
}

bool FaultyNetwork::Strikes(Fault fault) {
  if (!armed_ || fault != fault_ || left_ == 0) return false;
  if (--left_ > 0) return false;
  struck_ = true;
  return true;
}

bool FaultyNetwork::Counts(int socket_fd) {
  if (!armed_) return false;
  const std::lock_guard lock(mutex_);
  return sockets_.contains(socket_fd);
}

bool FaultyNetwork::Dead(int socket_fd) {
  const std::lock_guard lock(mutex_);
  return dead_.contains(socket_fd);
}

void FaultyNetwork::Opened(int socket_fd) {
  const std::lock_guard lock(mutex_);
  sockets_.insert(socket_fd);
}

void FaultyNetwork::Closed(int socket_fd) {
  const std::lock_guard lock(mutex_);
  sockets_.erase(socket_fd);
  dead_.erase(socket_fd);
}

void FaultyNetwork::Kill(int socket_fd) {
  const std::lock_guard lock(mutex_);
  dead_.insert(socket_fd);
}

namespace {

FaultyNetwork& Network() {
  return FaultyNetwork::Get();
}

// The C library's own function of that name.
template <class Function>
Function* Real(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

int FailWith(int error) {
  errno = error;
  return -1;
}

}  // namespace
}  // namespace recado::dispatch

using recado::dispatch::FailWith;
using recado::dispatch::Fault;
using recado::dispatch::Network;
using recado::dispatch::Real;

extern "C" {

// libcurl (7.88, smtp_done) forgets a copy of ".\r\n" where the connection breaks as it sends the end of a
// mail: four bytes a broken mail, which nothing of ours can give back. Read by the leak checker alone.
const char* __lsan_default_suppressions();
const char* __lsan_default_suppressions() {
  return "leak:libcurl.so";
}

int socket(int domain, int type, int protocol) noexcept {
  static auto* const real = Real<int(int, int, int)>("socket");
  const bool counted = Network().armed() && domain == AF_INET && (type & SOCK_STREAM) != 0;
  if (counted && Network().Strikes(Fault::kNoSocket)) return FailWith(EMFILE);
  const int socket_fd = real(domain, type, protocol);
  if (counted && socket_fd >= 0) Network().Opened(socket_fd);
  return socket_fd;
}

int close(int socket_fd) {
  static auto* const real = Real<int(int)>("close");
  if (Network().armed()) Network().Closed(socket_fd);
  return real(socket_fd);
}

int connect(int socket_fd, const sockaddr* address, socklen_t length) {
  static auto* const real = Real<int(int, const sockaddr*, socklen_t)>("connect");
  if (Network().Counts(socket_fd)) {
    if (Network().Strikes(Fault::kRefused)) return FailWith(ECONNREFUSED);
    if (Network().Strikes(Fault::kUnreachable)) return FailWith(ENETUNREACH);
  }
  return real(socket_fd, address, length);
}

int getsockopt(int socket_fd, int level, int name, void* value, socklen_t* length) noexcept {
  static auto* const real = Real<int(int, int, int, void*, socklen_t*)>("getsockopt");
  const int got = real(socket_fd, level, name, value, length);
  if (level == SOL_SOCKET && name == SO_ERROR && Network().Counts(socket_fd) &&
      Network().Strikes(Fault::kBrokenHandshake)) {
    *static_cast<int*>(value) = ECONNRESET;
  }
  return got;
}

ssize_t send(int socket_fd, const void* bytes, size_t size, int flags) {
  static auto* const real = Real<ssize_t(int, const void*, size_t, int)>("send");
  if (!Network().Counts(socket_fd)) return real(socket_fd, bytes, size, flags);
  if (Network().Dead(socket_fd)) return FailWith(EPIPE);
  if (Network().Strikes(Fault::kSendReset)) {
    Network().Kill(socket_fd);
    return FailWith(ECONNRESET);
  }
  const bool half = size > 1 && Network().Strikes(Fault::kSendHalf);
  const ssize_t sent = real(socket_fd, bytes, half ? size / 2 : size, flags);
  if (half) Network().Kill(socket_fd);
  if (sent > 0) Network().Sent(static_cast<size_t>(sent));
  return sent;
}

ssize_t recv(int socket_fd, void* bytes, size_t size, int flags) {
  static auto* const real = Real<ssize_t(int, void*, size_t, int)>("recv");
  // A look at whether a kept connection still lives is not a read.
  if (!Network().Counts(socket_fd) || (flags & MSG_PEEK) != 0) return real(socket_fd, bytes, size, flags);
  if (Network().Dead(socket_fd)) return FailWith(ECONNRESET);
  if (Network().Strikes(Fault::kReceiveReset)) {
    Network().Kill(socket_fd);
    return FailWith(ECONNRESET);
  }
  if (Network().Strikes(Fault::kReceiveEnd)) return 0;
  return real(socket_fd, bytes, size, flags);
}

int poll(pollfd* descriptors, nfds_t count, int timeout_ms) {
  static auto* const real = Real<int(pollfd*, nfds_t, int)>("poll");
  for (nfds_t i = 0; Network().armed() && i < count; ++i) {
    if (!Network().Counts(descriptors[i].fd)) continue;
    if (Network().Strikes(Fault::kPollFails)) return FailWith(ENOMEM);
    if (!Network().Dead(descriptors[i].fd)) continue;
    descriptors[i].revents =
        static_cast<short>(POLLERR | POLLHUP | (descriptors[i].events & (POLLIN | POLLOUT)));
    return 1;
  }
  return real(descriptors, count, timeout_ms);
}

}  // extern "C"
