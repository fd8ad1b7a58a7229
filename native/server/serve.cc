#include "native/server/serve.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <signal.h>
#include <unistd.h>

#include "native/provider/sender.h"
#include "native/server/api.h"
#include "native/server/app.h"
#include "native/server/caretaker.h"
#include "native/server/demo.h"
#include "native/server/wire.h"

namespace recado::server {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;

// The end, step by step, inside the promised 8 s: requests under way, messages on their way, then the disk.
constexpr milliseconds kWireGrace{1'500};
constexpr milliseconds kSenderGrace{3'500};
// The last resort. Nothing is lost by it: everything acknowledged is on disk, and what was in flight is
// ambiguous.
constexpr unsigned kGiveUpSeconds = 7;

constexpr const char* kAdmin = "admin";

// Blocks the signals that end the service, in this thread and all that it starts; one place waits for them.
class EndSignals {
 public:
  EndSignals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, &before_);
    ::signal(SIGPIPE, SIG_IGN);  // a reader that went away is an error of that write
  }
  ~EndSignals() { pthread_sigmask(SIG_SETMASK, &before_, nullptr); }
  EndSignals(const EndSignals&) = delete;
  EndSignals& operator=(const EndSignals&) = delete;

  void Wait() const {
    int which = 0;
    while (sigwait(&set_, &which) != 0) {
    }
  }

 private:
  sigset_t set_{};
  sigset_t before_{};
};

extern "C" void GiveUp(int) {
  ::_exit(0);
}

void EndWithin(unsigned seconds) {
  ::signal(SIGALRM, GiveUp);
  ::alarm(seconds);
}

// Of the folders that a build tree and an installed package have, the one that is there.
fs::path BesideProgram(const char* built, const char* installed) {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path folder = error ? fs::current_path(error) : program.parent_path();
  return fs::exists(folder / built, error) ? folder / built : folder / installed;
}

Diagnostics CheckPublicUrl(const std::string& url) {
  if (url.empty() || !HostOfUrl(url).empty()) return {};
  return {Diagnostic::Of(DiagnosticCode::public_url_invalid).With("value", url)};
}

// Everything that runs, in the order in which it needs what stands above it; it ends from below.
class Service {
 public:
  explicit Service(const ServeOptions& options) : options_(options) {}

  Diagnostics Start(std::FILE* err);
  // "" where nobody needs one.
  Result<std::string> SignInLink();
  std::string Url() const;
  void Stop();

 private:
  Diagnostics OpenStore();
  Diagnostics StartWeb();

  ServeOptions options_;
  ListenAddress address_;
  std::unique_ptr<store::Store> store_;
  std::unique_ptr<provider::Sender> sender_;
  std::unique_ptr<directory::Directory> directory_;
  std::unique_ptr<dispatch::Engine> engine_;
  std::unique_ptr<dispatch::Shell> shell_;
  std::unique_ptr<directory::Importer> importer_;
  std::unique_ptr<directory::Connector> connector_;
  std::unique_ptr<Caretaker> caretaker_;
  std::unique_ptr<Access> access_;
  std::unique_ptr<News> news_;
  Counters counters_;
  std::unique_ptr<Pages> pages_;
  std::unique_ptr<Api> api_;
  std::unique_ptr<App> app_;
  std::unique_ptr<Wire> wire_;
  int subscription_ = 0;
};

Diagnostics Service::OpenStore() {
  store::OpenOptions open;
  open.path = options_.store;
  auto store = store::OpenSqlite(open);
  if (!store.ok()) return store.TakeError();
  store_ = *std::move(store);
  if (!options_.demo) return {};
  auto filled = FillDemo(*store_, dispatch::SystemNow());
  return filled.ok() ? Diagnostics() : filled.TakeError();
}

Diagnostics Service::Start(std::FILE* err) {
  if (Diagnostics faults = CheckOptions(options_); !faults.empty()) return faults;
  address_ = *ParseListen(options_.listen);
  if (Diagnostics faults = OpenStore(); !faults.empty()) return faults;

  sender_ = provider::MakeSender(
      *store_, {.public_url = options_.public_url, .now = {}, .private_networks = options_.private_networks});
  directory_ = std::make_unique<directory::Directory>(*store_);
  dispatch::EngineOptions engine;
  engine.public_url = options_.public_url;
  while (engine.public_url.ends_with('/')) engine.public_url.pop_back();
  engine_ = std::make_unique<dispatch::Engine>(*store_, *sender_, directory_.get(), std::move(engine));
  Diagnostics remarks = engine_->Start(dispatch::SystemNow());
  if (options_.public_url.empty()) remarks.push_back(Diagnostic::Of(DiagnosticCode::no_public_url));
  // Listening comes first: a port in use must be said before anything is sent.
  if (Diagnostics faults = StartWeb(); !faults.empty()) return faults;
  shell_ = std::make_unique<dispatch::Shell>(*engine_);
  importer_->Start();
  connector_->Start();
  caretaker_ = std::make_unique<Caretaker>(*store_, dispatch::SystemNow);
  caretaker_->Start();
  for (const Diagnostic& remark : remarks) {
    std::fprintf(err, "%s: %s\n", std::string(SeverityName(remark.severity)).c_str(),
                 MessageOf(remark).c_str());
  }
  return {};
}

Diagnostics Service::StartWeb() {
  const bool https = options_.public_url.starts_with("https://");
  access_ = std::make_unique<Access>(*store_, https);
  news_ = std::make_unique<News>(store_->RandomHex(4));
  subscription_ = store_->Subscribe([this](std::span<const store::Change> changes) {
    news_->Tell(changes);
    counters_.Take(changes);
    LogChanges(changes);
  });
  pages_ = std::make_unique<Pages>(
      options_.page.empty() ? BesideProgram("../web/dist", "../share/recado/web") : fs::path(options_.page),
      options_.core.empty() ? BesideProgram("../wasm/dist", "../share/recado/core")
                            : fs::path(options_.core));
  importer_ =
      std::make_unique<directory::Importer>(*store_, options_.store + ".imports", dispatch::SystemNow);
  connector_ =
      std::make_unique<directory::Connector>(*store_, dispatch::SystemNow, options_.private_networks);
  api_ = std::make_unique<Api>(Api{*store_, *engine_, *directory_, *access_, *news_, options_.public_url,
                                   dispatch::SystemNow, importer_.get(), connector_.get(), &counters_});
  app_ = std::make_unique<App>(AppOptions{options_.public_url, dispatch::SystemNow, options_.trusted_proxies},
                               ApiRoutes(*api_), *access_, *pages_);
  WireOptions wire;
  wire.host = address_.host;
  wire.port = address_.port;
  wire.io_threads = options_.io_threads;
  wire.workers = options_.workers;
  auto started = StartWire(wire, *app_);
  if (!started.ok()) return started.TakeError();
  wire_ = *std::move(started);
  return {};
}

std::string Service::Url() const {
  if (!options_.public_url.empty()) {
    std::string url = options_.public_url;
    while (url.ends_with('/')) url.pop_back();
    return url;
  }
  const bool every = address_.host == "0.0.0.0" || address_.host == "::";
  std::string host = every ? "127.0.0.1" : address_.host;
  if (host.find(':') != std::string::npos) host = "[" + host + "]";
  return "http://" + host + ":" + std::to_string(wire_->port());
}

Result<std::string> Service::SignInLink() {
  // Later starts of a real service print none: its output may well be kept in a log, and people have their
  // ways in.
  const auto users = store_->ListUsers();
  const auto tokens = store_->ListTokens();
  const bool first = users.ok() && users->empty() && tokens.ok() && tokens->empty();
  if (!options_.demo && !first) return std::string();
  const auto code = access_->MakeLink(kAdmin, store::Role::kAdmin, kFirstLinkMs, dispatch::SystemNow());
  if (!code.ok()) return code.error();
  return Url() + "/sign-in?code=" + *code;
}

void Service::Stop() {
  if (news_) news_->Close();
  if (wire_) wire_->Stop(kWireGrace);
  importer_.reset();
  connector_.reset();
  caretaker_.reset();
  if (shell_) shell_->Stop();
  if (sender_) sender_->Stop(kSenderGrace);
  if (store_ && news_) store_->Unsubscribe(subscription_);
  wire_.reset();
  shell_.reset();
  engine_.reset();
  if (store_) store_->Close();
}

}  // namespace

Result<ListenAddress> ParseListen(const std::string& text) {
  const Diagnostics refused = {Diagnostic::Of(DiagnosticCode::address_invalid).With("value", text)};
  const size_t colon = text.rfind(':');
  std::string host = colon == std::string::npos ? "127.0.0.1" : text.substr(0, colon);
  const std::string port = colon == std::string::npos ? text : text.substr(colon + 1);
  if (host.empty()) host = "0.0.0.0";
  if (host == "localhost") host = "127.0.0.1";
  if (host.front() == '[' && host.back() == ']') host = host.substr(1, host.size() - 2);
  ListenAddress address;
  address.host = host;
  const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
  if (port.empty() || error != std::errc() || end != port.data() + port.size()) return refused;
  return address;
}

Diagnostics CheckOptions(const ServeOptions& options) {
  Diagnostics faults = CheckPublicUrl(options.public_url);
  const auto address = ParseListen(options.listen);
  if (!address.ok()) faults.insert(faults.end(), address.error().begin(), address.error().end());
  return faults;
}

Result<int> Serve(const ServeOptions& options, std::FILE* out, std::FILE* err) {
  const EndSignals signals;
  StartLog(options.log_format, options.log_level);
  Service service(options);
  if (Diagnostics faults = service.Start(err); !faults.empty()) {
    service.Stop();
    return faults;
  }
  std::fprintf(out, "Recado listens on %s\n", service.Url().c_str());
  const auto link = service.SignInLink();
  if (link.ok() && !link->empty()) std::fprintf(out, "Sign in: %s\n", link->c_str());
  std::fflush(out);
  signals.Wait();
  EndWithin(kGiveUpSeconds);
  service.Stop();
  EndLog();
  ::alarm(0);
  return 0;
}

}  // namespace recado::server
