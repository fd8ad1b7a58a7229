#include "native/net/smtp.h"

#include <utility>

#include "native/net/smtp_transfer.h"
#include "native/net/url_guard.h"

namespace recado::net {

struct SmtpClient::Job {
  std::shared_ptr<const SmtpServer> server;
  Mail mail;
  Done done;
};

// The connections to one server under one login and one way of protection. An engine is busy (one mail) or
// idle; the idle one used last is taken first, so a quiet service keeps one warm connection instead of
// sixteen cold ones.
struct SmtpClient::Pool {
  // One connection: the thread that turns it, and what is known of its other end.
  struct Engine {
    explicit Engine(const PrivateNetworks& networks) : transfers(networks) {}
    SmtpPeer peer;
    Transfers transfers;  // last: its end waits for the thread, which uses the peer
  };

  explicit Pool(const PrivateNetworks& networks) : private_networks(networks) {}

  const PrivateNetworks& private_networks;
  std::mutex mutex;
  std::deque<Job> queue;
  std::vector<std::unique_ptr<Engine>> engines;
  std::vector<Engine*> idle;
  bool stopped = false;

  // The engine to give the next mail to, null where all are busy. Under the lock.
  Engine* TakeEngine() {
    if (!idle.empty()) {
      Engine* engine = idle.back();
      idle.pop_back();
      return engine;
    }
    if (engines.size() >= kMaxSmtpConnections) return nullptr;
    return engines.emplace_back(std::make_unique<Engine>(private_networks)).get();
  }

  void Begin(Engine* engine, Job job) {
    auto done = [this, engine, done = std::move(job.done)](SmtpResult result) {
      Continue(engine);  // first, so that whoever sends from `done` finds the warm connection
      done(std::move(result));
    };
    engine->transfers.Start(
        MakeSmtpTransfer(std::move(job.server), std::move(job.mail), engine->peer, std::move(done)));
  }

  // On the engine's thread: its mail has ended.
  void Continue(Engine* engine) {
    std::optional<Job> next;
    {
      const std::lock_guard lock(mutex);
      if (queue.empty()) {
        idle.push_back(engine);
        return;
      }
      next = std::move(queue.front());
      queue.pop_front();
    }
    Begin(engine, std::move(*next));
  }

  void Add(Job job) {
    Engine* engine = nullptr;
    bool refused = false;
    {
      const std::lock_guard lock(mutex);
      refused = stopped || queue.size() >= kMaxQueuedTransfers;
      if (!refused) engine = TakeEngine();
      if (!refused && engine == nullptr) {
        queue.push_back(std::move(job));
        return;
      }
    }
    if (refused) {
      Refuse(job);
    } else {
      Begin(engine, std::move(job));
    }
  }

  static void Refuse(const Job& job) {
    SmtpResult result;
    result.failure = Failure::kCancelled;
    result.error = "The service is stopping.";
    job.done(std::move(result));
  }

  void BeginStop() {
    std::deque<Job> dropped;
    {
      const std::lock_guard lock(mutex);
      stopped = true;
      dropped.swap(queue);
    }
    for (const Job& job : dropped) Refuse(job);
    for (const auto& engine : engines) engine->transfers.BeginStop();  // no more are made once stopped
  }
};

SmtpClient::SmtpClient(PrivateNetworks private_networks) : private_networks_(std::move(private_networks)) {}

SmtpClient::~SmtpClient() {
  Stop(Transfers::Clock::now());
}

void SmtpClient::Send(std::shared_ptr<const SmtpServer> server, Mail mail, Done done) {
  // libcurl would give a mail that demands encryption a plain connection that stands already (seen
  // with 7.88), so what differs in protection never shares a pool.
  UrlParts parts;
  SplitUrl(server->url, parts);
  const std::string host = parts.scheme + "://" + parts.host + ":" + std::to_string(parts.port) + " " +
                           std::to_string(static_cast<int>(server->tls)) + " " + server->user + " " +
                           server->ca_file;
  Pool* pool = nullptr;
  {
    const std::lock_guard lock(mutex_);
    if (!stopped_) {
      std::unique_ptr<Pool>& slot = pools_[host];
      if (!slot) slot = std::make_unique<Pool>(private_networks_);
      pool = slot.get();  // pools live as long as the client
    }
  }
  Job job{std::move(server), std::move(mail), std::move(done)};
  if (pool == nullptr) {
    Pool::Refuse(job);
  } else {
    pool->Add(std::move(job));
  }
}

void SmtpClient::Stop(Transfers::Clock::time_point deadline) {
  {
    const std::lock_guard lock(mutex_);
    stopped_ = true;
  }
  for (const auto& [host, pool] : pools_) pool->BeginStop();
  for (const auto& [host, pool] : pools_) {
    for (const auto& engine : pool->engines) engine->transfers.FinishStop(deadline);
  }
}

}  // namespace recado::net
