// A network that fails at the n-th call of one kind: the system's own calls with a count in between.
//
// Defined in a program, functions of these names take the place of the C library's for everything in it,
// libcurl included (faulty_network.cc). Only connections that this program opens while the network is armed
// are counted; what a server in the same program accepts goes its way untouched.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <set>
#include <string_view>

namespace recado::dispatch {

// One way in which the network fails.
enum class Fault : uint8_t {
  kNoSocket,         // socket: too many open files
  kRefused,          // connect: nobody listens
  kUnreachable,      // connect: no route
  kBrokenHandshake,  // the connection's pending error says it was reset
  kSendReset,        // send: the other end has reset, nothing was written
  kSendHalf,         // send writes half of it, then the connection is dead
  kReceiveReset,     // recv: reset, so an answer may be lost
  kReceiveEnd,       // recv: the other end has closed
  kPollFails,        // poll: no memory
};
inline constexpr Fault kFaults[] = {Fault::kNoSocket,        Fault::kRefused,    Fault::kUnreachable,
                                    Fault::kBrokenHandshake, Fault::kSendReset,  Fault::kSendHalf,
                                    Fault::kReceiveReset,    Fault::kReceiveEnd, Fault::kPollFails};
std::string_view NameOf(Fault fault);

class FaultyNetwork {
 public:
  static FaultyNetwork& Get() {
    static FaultyNetwork network;
    return network;
  }
  // The n-th call (from 1) that `fault` is about fails; 0: none does, and connections are counted.
  void Arm(Fault fault, int n);
  void Disarm();
  bool struck() const { return struck_; }
  // Written on counted connections since Arm.
  size_t bytes_sent() const { return bytes_sent_; }

  // The calls' side. Whether this one is to fail: `fault` is what it would fail with.
  bool Strikes(Fault fault);
  bool Counts(int socket_fd);
  bool Dead(int socket_fd);
  void Opened(int socket_fd);
  void Closed(int socket_fd);
  void Kill(int socket_fd);
  void Sent(size_t bytes) { bytes_sent_ += bytes; }
  bool armed() const { return armed_; }

 private:
  std::mutex mutex_;
  std::set<int> sockets_, dead_;
  std::atomic<Fault> fault_{Fault::kNoSocket};
  std::atomic<int> left_{0};
  std::atomic<bool> armed_{false}, struck_{false};
  std::atomic<size_t> bytes_sent_{0};
};

}  // namespace recado::dispatch
