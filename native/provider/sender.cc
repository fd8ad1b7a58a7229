// The real sender: an HTTP engine, whose thread is "the sender's thread", and the mail connections beside it.
#include "native/provider/sender.h"

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include "native/net/http.h"
#include "native/net/smtp.h"
#include "native/net/transfers.h"
#include "native/provider/outcome.h"
#include "native/provider/vendor.h"

namespace recado::provider {
namespace {

using Kind = Outcome::Kind;

constexpr size_t kMaxSandboxBatch = 256;  // messages in one Take; beyond 100 a commit gets no cheaper
constexpr int64_t kFindWindowMs = 24 * 3600 * 1000;  // where the attempt's moment is not known

using VendorPtr = std::shared_ptr<const Vendor>;
using OutgoingPtr = std::shared_ptr<const Outgoing>;

Instant SystemNow() {
  const auto since_1970 = std::chrono::system_clock::now().time_since_epoch();
  return {std::chrono::duration_cast<std::chrono::milliseconds>(since_1970).count()};
}

class RealSender final : public Sender {
 public:
  RealSender(SandboxSink& sink, SenderOptions options)
      : sink_(sink),
        surroundings_{std::move(options.public_url)},
        now_(std::move(options.now)),
        engine_(options.private_networks),
        smtp_(options.private_networks) {
    while (surroundings_.public_url.ends_with('/')) surroundings_.public_url.pop_back();
    if (!now_) now_ = &SystemNow;
  }
  ~RealSender() override { Stop(std::chrono::milliseconds(0)); }

  Diagnostics Configure(std::vector<Config> configs) override;
  void Send(std::string provider_id, Outgoing message, Done done) override;
  void Find(std::string provider_id, Outgoing message, Done done) override;
  Resolution ResolutionOf(std::string_view provider_id) const override;
  WebhookAnswer ReadWebhook(std::string_view provider_id, const WebhookCall& call) const override;
  std::string AccountHook(std::string_view provider_id) const override;
  void Stop(std::chrono::milliseconds grace) override;

 private:
  struct SandboxJob {
    std::string provider_id;
    OutgoingPtr outgoing;
    Done done;
  };

  VendorPtr FindVendor(std::string_view provider_id) const;
  void Answer(std::string key, Outcome outcome, Done done);
  void Post(const std::function<void()>& task);
  void Mail(VendorPtr vendor, MailOut mail, OutgoingPtr outgoing, Done done);
  void PutInSandbox(SandboxJob job);
  void PutInChat(SandboxJob job);
  void EmptySandboxInbox();
  void TakeBatch(const std::vector<SandboxJob>& jobs, size_t from, size_t to);

  SandboxSink& sink_;
  Surroundings surroundings_;
  std::function<Instant()> now_;
  std::atomic<bool> stopping_ = false;

  mutable std::mutex vendors_mutex_;
  std::map<std::string, VendorPtr, std::less<>> vendors_;

  std::mutex sandbox_mutex_;
  std::vector<SandboxJob> sandbox_inbox_;

  // Last, so that they end first; the mail threads post to the engine.
  net::Transfers engine_;
  net::HttpClient http_{engine_};
  net::SmtpClient smtp_;
};

Diagnostics RealSender::Configure(std::vector<Config> configs) {
  Diagnostics all;
  std::map<std::string, VendorPtr, std::less<>> fresh;
  for (size_t i = 0; i < configs.size(); ++i) {
    const Config& config = configs[i];
    Diagnostics found = CheckConfig(config);
    if (fresh.contains(config.id)) {
      found.push_back(Diagnostic::Of(DiagnosticCode::duplicate_provider).At("/id").With("id", config.id));
    } else if (HasErrors(found)) {
      if (VendorPtr old = FindVendor(config.id)) fresh.emplace(config.id, std::move(old));
    } else {
      fresh.emplace(config.id, FindVendorKind(config.kind)->make(config, surroundings_));
    }
    for (Diagnostic& diagnostic : found) {
      diagnostic.path = Child("", i) + diagnostic.path;
      all.push_back(std::move(diagnostic));
    }
  }
  const std::lock_guard lock(vendors_mutex_);
  vendors_.swap(fresh);
  return all;
}

VendorPtr RealSender::FindVendor(std::string_view provider_id) const {
  const std::lock_guard lock(vendors_mutex_);
  const auto found = vendors_.find(provider_id);
  return found == vendors_.end() ? nullptr : found->second;
}

Resolution RealSender::ResolutionOf(std::string_view provider_id) const {
  const VendorPtr vendor = FindVendor(provider_id);
  return vendor ? vendor->resolution() : Resolution::kBlind;
}

WebhookAnswer RealSender::ReadWebhook(std::string_view provider_id, const WebhookCall& call) const {
  const VendorPtr vendor = FindVendor(provider_id);
  return vendor ? vendor->ReadWebhook(call) : WebhookAnswer();
}

std::string RealSender::AccountHook(std::string_view provider_id) const {
  const VendorPtr vendor = FindVendor(provider_id);
  return vendor ? vendor->AccountHook() : std::string();
}

// Runs on the sender's thread, or here and now once that has ended.
void RealSender::Post(const std::function<void()>& task) {
  if (!engine_.Post(task)) task();
}

void RealSender::Answer(std::string key, Outcome outcome, Done done) {
  Post([key = std::move(key), outcome = std::move(outcome), done = std::move(done)] { done(key, outcome); });
}

void RealSender::Send(std::string provider_id, Outgoing message, Done done) {
  if (message.at.ms == 0) message.at = now_();
  const VendorPtr vendor = FindVendor(provider_id);
  if (!vendor) {
    const std::string text = ForPeople("The provider " + provider_id + " is not connected.");
    Answer(message.key, MakeOutcome(Kind::kPermanent, text), std::move(done));
    return;
  }
  if (stopping_) {
    Answer(message.key, MakeOutcome(Kind::kRetry, "The service is stopping."), std::move(done));
    return;
  }
  Request request = vendor->Send(message);
  const auto outgoing = std::make_shared<const Outgoing>(std::move(message));
  if (auto* outcome = std::get_if<Outcome>(&request)) {
    Answer(outgoing->key, std::move(*outcome), std::move(done));
  } else if (auto* http = std::get_if<net::HttpRequest>(&request)) {
    http_.Send(std::move(*http), [vendor, outgoing, done = std::move(done)](const net::HttpResult& result) {
      done(outgoing->key, vendor->ReadSent(*outgoing, result));
    });
  } else if (auto* mail = std::get_if<MailOut>(&request)) {
    Mail(vendor, std::move(*mail), outgoing, std::move(done));
  } else if (std::holds_alternative<ChatOut>(request)) {
    PutInChat({std::move(provider_id), outgoing, std::move(done)});
  } else {
    PutInSandbox({std::move(provider_id), outgoing, std::move(done)});
  }
}

void RealSender::Mail(VendorPtr vendor, MailOut out, OutgoingPtr outgoing, Done done) {
  auto answered = [this, vendor = std::move(vendor), outgoing = std::move(outgoing),
                   done = std::move(done)](const net::SmtpResult& result) {
    Answer(outgoing->key, vendor->ReadMailed(*outgoing, result), done);
  };
  smtp_.Send(std::move(out.server), std::move(out.mail), std::move(answered));
}

void RealSender::Find(std::string provider_id, Outgoing message, Done done) {
  if (message.at.ms == 0) message.at.ms = now_().ms - kFindWindowMs;
  const VendorPtr vendor = FindVendor(provider_id);
  Request request = MakeOutcome(Kind::kUnknown, "The provider is not connected.");
  if (vendor && !stopping_) request = vendor->Find(message);
  if (auto* http = std::get_if<net::HttpRequest>(&request)) {
    const auto outgoing = std::make_shared<const Outgoing>(std::move(message));
    http_.Send(std::move(*http), [vendor, outgoing, done = std::move(done)](const net::HttpResult& result) {
      done(outgoing->key, vendor->ReadFound(*outgoing, result));
    });
    return;
  }
  const auto* outcome = std::get_if<Outcome>(&request);
  Answer(message.key, outcome != nullptr ? *outcome : Outcome(), std::move(done));
}

// --- the sandbox: what comes together is taken together

void RealSender::PutInSandbox(SandboxJob job) {
  bool first = false;
  {
    const std::lock_guard lock(sandbox_mutex_);
    first = sandbox_inbox_.empty();
    sandbox_inbox_.push_back(std::move(job));
  }
  if (first) Post([this] { EmptySandboxInbox(); });
}

void RealSender::PutInChat(SandboxJob job) {
  Post([this, job = std::move(job)] {
    const std::string& key = job.outgoing->key;
    Outcome outcome = MakeOutcome(Kind::kRetry, "The chat could not be written.");
    if (sink_.TakeChatMessage(*job.outgoing, job.provider_id)) {
      outcome = MakeOutcome(Kind::kAccepted, "In the chat.");
      outcome.reference = key;
    }
    job.done(key, std::move(outcome));
  });
}

void RealSender::EmptySandboxInbox() {
  std::vector<SandboxJob> jobs;
  {
    const std::lock_guard lock(sandbox_mutex_);
    jobs.swap(sandbox_inbox_);
  }
  for (size_t from = 0; from < jobs.size();) {
    size_t to = from + 1;
    while (to < jobs.size() && to - from < kMaxSandboxBatch && jobs[to].provider_id == jobs[from].provider_id)
      ++to;
    TakeBatch(jobs, from, to);
    from = to;
  }
}

void RealSender::TakeBatch(const std::vector<SandboxJob>& jobs, size_t from, size_t to) {
  std::vector<const Outgoing*> messages;
  messages.reserve(to - from);
  for (size_t i = from; i < to; ++i) messages.push_back(jobs[i].outgoing.get());
  const bool taken = sink_.Take(messages, jobs[from].provider_id);
  for (size_t i = from; i < to; ++i) {
    const std::string& key = jobs[i].outgoing->key;
    Outcome outcome = MakeOutcome(Kind::kRetry, "The sandbox could not be written.");
    if (taken) {
      outcome = MakeOutcome(Kind::kAccepted, "Taken by the sandbox.");
      outcome.reference = key;
    }
    jobs[i].done(key, std::move(outcome));
  }
}

void RealSender::Stop(std::chrono::milliseconds grace) {
  const auto deadline = net::Transfers::Clock::now() + grace;
  stopping_ = true;
  smtp_.Stop(deadline);
  engine_.FinishStop(deadline);
}

}  // namespace

WebhookAnswer Sender::ReadWebhook(std::string_view, const WebhookCall&) const {
  return {};
}
std::string Sender::AccountHook(std::string_view) const {
  return {};
}

std::unique_ptr<Sender> MakeSender(SandboxSink& sink, SenderOptions options) {
  return std::make_unique<RealSender>(sink, std::move(options));
}

}  // namespace recado::provider
