// The file that `recado serve --config FILE` reads: a line a setting, in the part of TOML that this takes.
//
//   # Recado
//   listen = "127.0.0.1:8080"
//   io-threads = 2
//   demo = false
//
// A name is that of the option without its dashes. Values are basic strings ("…" with \" \\ \t \n), literal
// strings ('…'), whole numbers, true and false; what options take several of stands in one string, separated
// by commas. No tables, no arrays, no multi-line strings. All faults are found, not only the first.
//
// Pure functions of their arguments; safe from any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace recado::cli {

inline constexpr size_t kMaxConfigBytes = 64 * 1024;  // of a file; more is not settings
inline constexpr size_t kMaxConfigFaults = 20;        // said at once

struct ConfigItem {
  int line = 0;  // from 1
  std::string name;
  std::string value;
};

struct ConfigFault {
  int line = 0;
  std::string sentence;  // "A text wants quotation marks: listen = \"…\"."
};

struct Config {
  std::vector<ConfigItem> items;  // in the file's order; a name stands at most once
  std::vector<ConfigFault> faults;
};

Config ParseConfig(std::string_view text);

// "RECADO_TRUSTED_PROXIES" of "trusted-proxies": where the environment says the same.
std::string EnvironmentName(std::string_view setting);

}  // namespace recado::cli
