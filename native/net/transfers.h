// Transfers: one libcurl multi handle on a thread of its own; every byte to a vendor goes through one.
//
// What it is: admission (kMaxActivePerHost at a time for each host, the rest waits in order), kept-alive and
// multiplexed connections, the URL guard, cancelling, an orderly end. What it is not: a protocol; http.h and
// smtp.h are, each as a kind of Transfer.
//
//   Transfers engine;
//   engine.Start(std::make_unique<SomeTransfer>(…));   // from any thread; SomeTransfer::Finish comes later,
//                                                      // on the engine's thread
//   engine.Stop(5s);
//
// Threads: all public functions may be called from any thread (Stop not from the engine's own). Prepare,
// Finish and posted tasks run on the engine's thread and must not block. No lock is held while libcurl works
// or a callback runs; a caller pays for a push and, if the engine sleeps, one wake-up.
//
// A fact about libcurl that shapes its users: the end of an SMTP transfer (the reply to the mail's last line)
// and QUIT are waited for *inside* curl_multi_perform (libcurl-multi(3), "BLOCKING"). A mail server that
// takes its time would hold up everything on the same thread; hence smtp.h uses an engine for each
// connection.
#pragma once

#include <array>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <variant>
#include <vector>

#include "native/net/networks.h"

using CURL = void;  // as in curl/curl.h, which only this room's sources include
using CURLM = void;

namespace recado::net {

class Transfers;

// Why a transfer has no complete answer.
enum class Failure : uint8_t {
  kNone,
  kBadRequest,        // could not even be tried: URL, header or address malformed
  kForbiddenAddress,  // the URL guard refused every address of the host
  kResolve,           // no such name, or no name server
  kConnect,           // nobody listens, no route
  kTls,               // handshake failed, certificate not trusted, or encryption not offered and required
  kTimeout,
  kReset,     // the connection ended early
  kTooLarge,  // the answer passed the bound
  kFile,      // something to be sent could not be read
  kCancelled,
  kOther,
};
std::string_view FailureName(Failure failure);  // "forbidden_address", …

// One exchange under way. Owned by the engine from Start until after Finish.
class Transfer {
 public:
  virtual ~Transfer() = default;

  // Sets the options of this exchange on a fresh handle; what all share is already set. False: it can't be
  // tried (Finish follows, with `prepared` false).
  virtual bool Prepare(CURL* easy) = 0;

  // What the engine knows at the end.
  struct Ending {
    CURL* easy = nullptr;  // for CURLINFO_*; null where it was never started
    int curl_code = 0;     // CURLcode
    Failure failure = Failure::kNone;
    bool prepared = true;
    bool any_byte_left = false;  // of the request, as far as libcurl has counted
    std::string error;           // libcurl's sentence; no secrets in it
  };
  // Called once, last.
  virtual void Finish(const Ending& ending) = 0;

  // Lane: "https://api.vendor.example:443". Transfers of a lane share kMaxActivePerHost.
  std::string lane;
  // Whether private and loopback addresses are allowed; see url_guard.h.
  bool allow_private = false;
  // Whether libcurl may begin again with a new connection where a kept-alive one has died under the request.
  // Otherwise only as long as not one byte of the request has left.
  bool repeatable = false;
  // Set by the engine: a connection was ready and the request about to be written. False at the end means
  // that not one byte of the request was.
  bool reached = false;

 private:
  friend class Transfers;
  bool refused_address_ = false;
  bool refused_repeat_ = false;
  CURL* easy_ = nullptr;
  std::array<char, 256> error_{};  // CURL_ERROR_SIZE
  Transfers* engine_ = nullptr;
};

class Transfers {
 public:
  using Id = uint64_t;
  using Clock = std::chrono::steady_clock;

  // `private_networks`: where transfers with allow_private may lead.
  explicit Transfers(PrivateNetworks private_networks = {});
  ~Transfers();  // Stop(0)
  Transfers(const Transfers&) = delete;
  Transfers& operator=(const Transfers&) = delete;

  // After BeginStop, or with kMaxQueuedTransfers waiting, the transfer is finished at once as cancelled, on
  // the caller's thread.
  Id Start(std::unique_ptr<Transfer> transfer);
  // Ends a transfer early, if it is still under way.
  void Cancel(Id id);
  // Runs `task` on the engine's thread, in order with other posts. False: the engine has ended.
  bool Post(std::function<void()> task);

  // No new transfers; those that wait are cancelled, those under way go on.
  void BeginStop();
  // Waits until what is under way has ended, at most until `deadline`, cancels the rest, ends the thread.
  void FinishStop(Clock::time_point deadline);
  void Stop(std::chrono::milliseconds grace);

 private:
  struct Waiting {
    Id id;
    std::unique_ptr<Transfer> transfer;
  };
  struct Lane {
    size_t active = 0;
    std::deque<Waiting> queue;
  };
  struct Active {
    CURL* easy;
    std::unique_ptr<Transfer> transfer;
  };
  using Command = std::variant<Waiting, Id, std::function<void()>>;  // start, cancel, task

  static int OnSocket(void* transfer, int purpose, void* address);  // CURLOPT_OPENSOCKETFUNCTION
  static int OnClose(void* engine, int socket);
  static int OnReady(void* transfer, char* address, char* local, int port, int local_port);

  void Run();
  bool Push(Command command);
  void Obey(Command& command);
  void Admit(Waiting waiting);
  void Begin(Waiting waiting);
  void ReadEndings();
  void End(Id id, int curl_code, bool cancelled);
  void NextOf(const std::string& lane);
  void CancelOne(Id id);
  void DropQueues();
  void SetCommonOptions(CURL* easy, Transfer& transfer);
  CURL* TakeEasy();
  void ShutDownSockets(int how);

  const PrivateNetworks private_networks_;

  // Shared; guarded by mutex_.
  std::mutex mutex_;
  std::condition_variable ended_changed_;
  std::vector<Command> inbox_;
  size_t pending_ = 0;  // started and not yet finished
  Id next_id_ = 1;
  bool stopping_ = false;
  bool cancelling_ = false;
  bool ended_ = false;
  std::set<int> sockets_;

  // The engine's thread alone.
  CURLM* multi_ = nullptr;
  std::map<Id, Active> active_;
  std::map<std::string, Lane> lanes_;
  std::vector<CURL*> idle_easies_;
  std::vector<Id> unprepared_;

  std::thread thread_;
};

}  // namespace recado::net
