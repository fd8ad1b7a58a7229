// A listener on loopback that gives each connection a thread and a function to talk on it; what is said there
// is the test's own. It ends every connection and waits for their threads when it goes.
//
//   Loopback server([](int connection) { … recv, send until the other side is done … });
//   connect to 127.0.0.1:server.port()
#pragma once

#include <arpa/inet.h>
#include <functional>
#include <list>
#include <mutex>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace recado::net {

class Loopback {
 public:
  // `serve` runs on a thread of each connection's own; when it returns the connection is closed.
  explicit Loopback(std::function<void(int)> serve)
      : serve_(std::move(serve)), listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bind(listener_, reinterpret_cast<sockaddr*>(&address), sizeof address);
    socklen_t length = sizeof address;
    getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &length);
    port_ = ntohs(address.sin_port);
    listen(listener_, 64);
    acceptor_ = std::thread([this] { Accept(); });
  }
  ~Loopback() {
    shutdown(listener_, SHUT_RDWR);
    acceptor_.join();
    {
      const std::lock_guard lock(mutex_);
      for (const int connection : open_) shutdown(connection, SHUT_RDWR);
    }
    for (std::thread& server : servers_) server.join();
    close(listener_);
  }
  Loopback(const Loopback&) = delete;
  Loopback& operator=(const Loopback&) = delete;

  int port() const { return port_; }

 private:
  void Accept() {
    for (int connection = 0; (connection = accept(listener_, nullptr, nullptr)) >= 0;) {
      const std::lock_guard lock(mutex_);
      open_.insert(connection);
      servers_.emplace_back([this, connection] { Serve(connection); });
    }
  }
  void Serve(int connection) {
    serve_(connection);
    const std::lock_guard lock(mutex_);
    open_.erase(connection);
    close(connection);
  }

  std::function<void(int)> serve_;
  int listener_;
  int port_ = 0;
  std::mutex mutex_;
  std::set<int> open_;
  std::list<std::thread> servers_;
  std::thread acceptor_;
};

}  // namespace recado::net
