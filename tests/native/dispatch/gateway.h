// A gateway on loopback with a ledger: it takes what it has read whole, and answers as two vendors do. One
// that forgets nothing it was asked (path /sms.do, SMSAPI's dialect: the same idx is taken once), and one
// that knows nothing (every other path).
#pragma once

#include <cstdlib>
#include <mutex>
#include <set>
#include <string>
#include <sys/socket.h>
#include <vector>

#include "tests/native/net/loopback.h"

namespace recado::dispatch {

class Gateway {
 public:
  std::string url() const { return "http://127.0.0.1:" + std::to_string(server_.port()); }
  // How often the customer got a message with this word in it.
  int Taken(const std::string& word) const {
    const std::lock_guard lock(mutex_);
    int count = 0;
    for (const std::string& body : taken_) count += body.find(word) != std::string::npos ? 1 : 0;
    return count;
  }

 private:
  void Serve(int connection) {
    std::string heard;
    char buffer[4096];
    for (ssize_t got = 0; (got = recv(connection, buffer, sizeof buffer, 0)) > 0;) {
      heard.append(buffer, static_cast<size_t>(got));
      const size_t head = heard.find("\r\n\r\n");
      if (head == std::string::npos) continue;
      const size_t length = heard.find("Content-Length: ");
      const size_t wanted = length < head ? std::strtoul(heard.c_str() + length + 16, nullptr, 10) : 0;
      if (heard.size() < head + 4 + wanted) continue;
      const std::string body = AnswerTo(heard.substr(0, head), heard.substr(head + 4, wanted));
      heard.erase(0, head + 4 + wanted);
      const std::string answer = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " +
                                 std::to_string(body.size()) + "\r\n\r\n" + body;
      send(connection, answer.data(), answer.size(), MSG_NOSIGNAL);
    }
  }
  std::string AnswerTo(const std::string& head, const std::string& body) {
    const std::lock_guard lock(mutex_);
    if (!head.starts_with("POST /sms.do")) {
      taken_.push_back(body);
      return R"({"id":"1"})";
    }
    const size_t idx = body.find("idx=");
    if (!keys_.insert(body.substr(idx, body.find('&', idx) - idx)).second) {
      return R"({"error":53,"message":"Not unique idx"})";
    }
    taken_.push_back(body);
    return R"({"count":1,"list":[{"id":"A1","status":"QUEUE","error":null}]})";
  }

  mutable std::mutex mutex_;
  std::vector<std::string> taken_;
  std::set<std::string> keys_;
  net::Loopback server_{
      [this](int connection) { Serve(connection); }};  // last: it uses the others to its end
};

}  // namespace recado::dispatch
