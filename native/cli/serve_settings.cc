#include "native/cli/serve_settings.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/liquid/check.h"
#include "native/cli/config.h"

namespace recado::cli {
namespace {

// What only the command line may say: the others would be circular or surprising.
constexpr std::string_view kOnlyAsOption[] = {"help", "config", "check"};

std::string AddressFault(const std::string& list) {
  std::string culprit;
  if (server::TrustedProxies::Parse(list, &culprit)) return {};
  return "\"" + culprit +
         "\" is no address and no network. Say 127.0.0.1 or 10.0.0.0/8, several with commas.";
}

std::string NetworkFault(const std::string& list) {
  std::string culprit;
  if (net::PrivateNetworks::Parse(list, &culprit)) return {};
  return "\"" + culprit + "\" is no address and no network. Say any, none, or networks like 10.20.0.0/16.";
}

void AddConnections(CLI::App& serve, server::ServeOptions& options) {
  serve.add_option("--listen", options.listen, "Address and port; loopback unless told otherwise")
      ->capture_default_str()
      ->type_name("HOST:PORT");
  serve
      .add_option("--public-url", options.public_url,
                  "How the world reaches this service, for callbacks, click tracking and webhooks")
      ->type_name("URL");
  serve
      .add_option_function<std::string>(
          "--trusted-proxies",
          [&options](const std::string& list) {
            options.trusted_proxies = server::TrustedProxies::Parse(list).value_or(server::TrustedProxies());
          },
          "Proxies in front of the service whose X-Forwarded-For is believed")
      ->check(AddressFault)
      ->type_name("ADDRESSES");
  serve
      .add_option_function<std::string>(
          "--private-networks",
          [&options](const std::string& list) {
            options.private_networks = net::PrivateNetworks::Parse(list).value_or(net::PrivateNetworks());
          },
          "Private networks that addresses of providers and of the CRM may lead to: any (but link-local), "
          "none, "
          "or a list")
      ->check(NetworkFault)
      ->type_name("NETWORKS");
  serve.add_option("--io-threads", options.io_threads, "Threads for connections")
      ->check(CLI::Range(1, 64))
      ->capture_default_str();
  serve.add_option("--workers", options.workers, "Requests that may wait for the disk at once")
      ->check(CLI::Range(1, 256))
      ->capture_default_str();
}

void AddPlaces(CLI::App& serve, server::ServeOptions& options) {
  serve.add_option("--store", options.store, "The database; made where there is none")
      ->capture_default_str()
      ->type_name("FILE");
  serve.add_option("--page", options.page, "Folder of the built page")->type_name("DIR");
  serve.add_option("--core-package", options.core, "Folder of the npm package @recado/core")
      ->type_name("DIR");
}

void AddLog(CLI::App& serve, server::ServeOptions& options) {
  const std::map<std::string, server::LogFormat> formats = {{"text", server::LogFormat::kText},
                                                            {"json", server::LogFormat::kJson}};
  serve.add_option("--log-format", options.log_format, "text or json, on the error output")
      ->transform(CLI::CheckedTransformer(formats, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
  const std::map<std::string, server::LogLevel> levels = {{"info", server::LogLevel::kInfo},
                                                          {"warning", server::LogLevel::kWarning}};
  serve
      .add_option("--log-level", options.log_level,
                  "info (a line for each delivery that ended) or warning (only what went wrong)")
      ->transform(CLI::CheckedTransformer(levels, CLI::ignore_case).description(""))
      ->type_name("LEVEL");
}

std::vector<std::string> SettingNames() {
  CLI::App app;
  ServeArguments arguments;
  AddServe(app, arguments);
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_subcommand("serve")->get_options()) {
    const std::string name = option->get_single_name();
    const bool only =
        std::find(std::begin(kOnlyAsOption), std::end(kOnlyAsOption), name) != std::end(kOnlyAsOption);
    if (!only) names.push_back(name);
  }
  return names;
}

// Why the option would not take the value; "" where it does.
std::string FaultOf(const std::string& argument) {
  CLI::App app;
  ServeArguments arguments;
  AddServe(app, arguments);
  try {
    app.parse(std::vector<std::string>{argument, "serve"});  // from the last to the first
  } catch (const CLI::ParseError& error) {
    const std::string text = error.what();
    const size_t colon = text.find(": ");
    return colon == std::string::npos ? text : text.substr(colon + 2);
  }
  return {};
}

class Collector {
 public:
  explicit Collector(const Io& io) : io_(io), names_(SettingNames()) {}

  void File(const std::string& path) {
    const std::string name = path.substr(path.rfind('/') + 1);
    const std::optional<std::string> text = Read(path);
    if (!text) return Refuse(path, "The file cannot be read.");
    const Config config = ParseConfig(*text);
    const auto place = [&name](int line) { return name + ", line " + std::to_string(line); };
    for (const ConfigFault& fault : config.faults) Refuse(place(fault.line), fault.sentence);
    for (const ConfigItem& item : config.items) {
      if (std::find(names_.begin(), names_.end(), item.name) == names_.end()) {
        Refuse(place(item.line), Unknown(item.name));
      } else {
        Take(place(item.line), item.name, item.value);
      }
    }
  }

  void Environment(const std::function<const char*(const char*)>& environment) {
    for (const std::string& name : names_) {
      const std::string variable = EnvironmentName(name);
      if (const char* value = environment(variable.c_str())) Take(variable, name, value);
    }
  }

  bool faulty() const { return faulty_; }
  std::vector<PlacedSetting> Settings() && { return std::move(settings_); }

 private:
  static std::optional<std::string> Read(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) return std::nullopt;
    std::string text(kMaxConfigBytes + 1, '\0');
    in.read(text.data(), static_cast<std::streamsize>(text.size()));
    if (in.bad() || (in.fail() && !in.eof())) return std::nullopt;
    text.resize(static_cast<size_t>(in.gcount()));
    return text;
  }

  std::string Unknown(const std::string& name) const {
    const std::vector<std::string_view> candidates(names_.begin(), names_.end());
    const std::string_view nearest = liquid::NearestName(name, candidates);
    const std::string sentence = "There is no setting " + name + ".";
    return nearest.empty() ? sentence : sentence + " Did you mean " + std::string(nearest) + "?";
  }

  void Take(const std::string& place, const std::string& name, const std::string& value) {
    const std::string argument = "--" + name + "=" + value;
    const std::string fault = FaultOf(argument);
    if (fault.empty()) {
      settings_.push_back({place, argument});
    } else {
      Refuse(place, name + ": " + fault);
    }
  }

  void Refuse(const std::string& place, const std::string& sentence) {
    PrintLine(io_.err, "recado: " + place + ": " + sentence);
    faulty_ = true;
  }

  const Io& io_;
  std::vector<std::string> names_;
  std::vector<PlacedSetting> settings_;
  bool faulty_ = false;
};

}  // namespace

void AddServe(CLI::App& app, ServeArguments& arguments) {
  CLI::App* serve = app.add_subcommand("serve", "The service and the page");
  serve->option_defaults()->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
  serve->footer(
      "Every option may stand in a file (--config FILE: lines like listen = \"127.0.0.1:8080\") and in the\n"
      "environment (RECADO_LISTEN). The command line wins over the environment, the environment over the "
      "file.");
  serve->add_option("--config", arguments.config, "File of settings")
      ->type_name("FILE")
      ->envname("RECADO_CONFIG");
  serve->add_flag("--check", arguments.check, "Check the settings, say what holds, and stop");
  AddConnections(*serve, arguments.options);
  AddPlaces(*serve, arguments.options);
  AddLog(*serve, arguments.options);
  serve->add_flag("--demo", arguments.options.demo,
                  "Fill a sample CRM, rules and sandbox providers, and print a sign-in link");
}

std::vector<PlacedSetting> OtherSettings(const std::string& config,
                                         const std::function<const char*(const char*)>& environment,
                                         const Io& io, bool& faulty) {
  Collector collector(io);
  if (!config.empty()) collector.File(config);
  collector.Environment(environment);
  faulty = collector.faulty();
  return std::move(collector).Settings();
}

void PrintSettings(const Io& io, const ServeArguments& arguments) {
  const server::ServeOptions& options = arguments.options;
  const auto line = [&io](std::string_view name, const std::string& value) {
    PrintLine(io.out, std::string(name) + " = " + value);
  };
  const auto text = [&line](std::string_view name, const std::string& value) {
    line(name, "\"" + value + "\"");
  };
  text("listen", options.listen);
  text("store", options.store);
  text("public-url", options.public_url);
  text("trusted-proxies", options.trusted_proxies.Dump());
  text("private-networks", options.private_networks.Dump());
  text("page", options.page);
  text("core-package", options.core);
  line("io-threads", std::to_string(options.io_threads));
  line("workers", std::to_string(options.workers));
  text("log-format", options.log_format == server::LogFormat::kJson ? "json" : "text");
  text("log-level", options.log_level == server::LogLevel::kInfo ? "info" : "warning");
  line("demo", options.demo ? "true" : "false");
}

}  // namespace recado::cli
