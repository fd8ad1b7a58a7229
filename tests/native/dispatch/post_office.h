// A mail server on loopback with a ledger: as much of RFC 5321 as a mail needs, and it has taken a mail when
// it has read the line with the dot, whether or not its answer arrives.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <vector>

#include "tests/native/net/loopback.h"

namespace recado::dispatch {

class PostOffice {
 public:
  std::string url() const { return "smtp://127.0.0.1:" + std::to_string(server_.port()); }
  // How often a mail with this word in it was taken.
  int Taken(const std::string& word) const {
    const std::lock_guard lock(mutex_);
    int count = 0;
    for (const std::string& mail : taken_) count += mail.find(word) != std::string::npos ? 1 : 0;
    return count;
  }

 private:
  // One connection's conversation.
  struct Talk {
    int connection;
    bool in_data = false;
    std::string mail{};
    bool Say(std::string_view line) const {
      const std::string text = std::string(line) + "\r\n";
      return send(connection, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }
  };

  void Serve(int connection) {
    Talk talk{connection};
    std::string heard;
    char buffer[4096];
    bool going = talk.Say("220 post.example ESMTP");
    for (ssize_t got = 0; going && (got = recv(connection, buffer, sizeof buffer, 0)) > 0;) {
      heard.append(buffer, static_cast<size_t>(got));
      for (size_t end = 0; going && (end = heard.find("\r\n")) != std::string::npos;) {
        going = Hear(talk, heard.substr(0, end));
        heard.erase(0, end + 2);
      }
    }
  }
  // Whether the conversation goes on.
  bool Hear(Talk& talk, const std::string& line) {
    if (talk.in_data) return HearData(talk, line);
    const std::string verb = line.substr(0, 4);
    if (verb == "EHLO" || verb == "HELO") return talk.Say("250 post.example");
    if (verb == "QUIT") return talk.Say("221 bye") && false;
    if (verb == "DATA") {
      talk.in_data = true;
      return talk.Say("354 go on");
    }
    return talk.Say("250 ok");
  }
  bool HearData(Talk& talk, const std::string& line) {
    if (line != ".") {
      talk.mail += line + "\n";
      return true;
    }
    {
      const std::lock_guard lock(mutex_);
      taken_.push_back(std::move(talk.mail));
    }
    talk.mail.clear();
    talk.in_data = false;
    return talk.Say("250 queued");
  }

  mutable std::mutex mutex_;
  std::vector<std::string> taken_;
  net::Loopback server_{
      [this](int connection) { Serve(connection); }};  // last: it uses the others to its end
};

}  // namespace recado::dispatch
