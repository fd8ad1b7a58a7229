#include "native/cli/config.h"

#include <algorithm>
#include <cctype>
#include <optional>
#include <utility>

namespace recado::cli {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\r';
}

bool IsNameCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_';
}

// One line, read from left to right. After a fault nothing more is read of it.
class LineReader {
 public:
  explicit LineReader(std::string_view line) : rest_(line) {}

  // Nothing on an empty line and where there is a fault.
  std::optional<ConfigItem> Read() {
    SkipSpace();
    if (AtEnd()) return std::nullopt;
    if (rest_.front() == '[') return Refuse("There are no sections here: one setting a line, name = value.");
    ConfigItem item;
    item.name = Name();
    if (item.name.empty()) return Refuse("A line is name = value.");
    SkipSpace();
    if (rest_.empty() || rest_.front() != '=') return Refuse("There is no = after " + item.name + ".");
    rest_.remove_prefix(1);
    SkipSpace();
    if (AtEnd()) return Refuse("There is no value after " + item.name + " =.");
    if (!Value(item)) return std::nullopt;
    SkipSpace();
    if (!AtEnd()) return Refuse("There is something behind the value of " + item.name + ".");
    return item;
  }

  const std::string& fault() const { return fault_; }

 private:
  std::optional<ConfigItem> Refuse(std::string sentence) {
    fault_ = std::move(sentence);
    return std::nullopt;
  }

  void SkipSpace() {
    while (!rest_.empty() && IsSpace(rest_.front())) rest_.remove_prefix(1);
  }

  bool AtEnd() const { return rest_.empty() || rest_.front() == '#'; }

  std::string Name() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), IsNameCharacter);
    std::string name(rest_.begin(), end);
    rest_.remove_prefix(name.size());
    return name;
  }

  // As far as the next space or the comment.
  std::string Bare() {
    const auto end = std::find_if(rest_.begin(), rest_.end(), [](char c) { return IsSpace(c) || c == '#'; });
    std::string value(rest_.begin(), end);
    rest_.remove_prefix(value.size());
    return value;
  }

  bool Value(ConfigItem& item) {
    const char first = rest_.front();
    if (first == '"' || first == '\'') return Quoted(first, item.value);
    item.value = Bare();
    const bool truth = item.value == "true" || item.value == "false";
    const bool number =
        !item.value.empty() && std::all_of(item.value.begin(), item.value.end(),
                                           [](unsigned char c) { return std::isdigit(c) != 0; });
    if (truth || number) return true;
    Refuse("A text wants quotation marks: " + item.name + " = \"…\".");
    return false;
  }

  bool Quoted(char quote, std::string& value) {
    for (size_t at = 1; at < rest_.size(); ++at) {
      char c = rest_[at];
      if (c == quote) {
        rest_.remove_prefix(at + 1);
        return true;
      }
      if (c == '\\' && quote == '"') {
        const std::optional<char> escaped = at + 1 < rest_.size() ? Escaped(rest_[at + 1]) : std::nullopt;
        if (!escaped) {
          Refuse("After \\ there may be \\ \" n or t. In '…' a \\ is itself.");
          return false;
        }
        c = *escaped;
        ++at;
      }
      value.push_back(c);
    }
    Refuse("The text has no closing quotation mark.");
    return false;
  }

  static std::optional<char> Escaped(char c) {
    if (c == '\\' || c == '"') return c;
    if (c == 'n') return '\n';
    if (c == 't') return '\t';
    return std::nullopt;
  }

  std::string_view rest_;
  std::string fault_;
};

}  // namespace

Config ParseConfig(std::string_view text) {
  Config config;
  const auto refuse = [&config](int line, std::string sentence) {
    if (config.faults.size() < kMaxConfigFaults) config.faults.push_back({line, std::move(sentence)});
  };
  if (text.size() > kMaxConfigBytes) {
    refuse(1, "The file is larger than 64 kB, which is not a file of settings.");
    return config;
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  for (int number = 1; !text.empty(); ++number) {
    const size_t end = std::min(text.find('\n'), text.size());
    LineReader reader(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    std::optional<ConfigItem> item = reader.Read();
    if (!reader.fault().empty()) refuse(number, reader.fault());
    if (!item) continue;
    const auto before = std::find_if(config.items.begin(), config.items.end(),
                                     [&](const ConfigItem& other) { return other.name == item->name; });
    if (before != config.items.end()) {
      refuse(number, item->name + " stands in line " + std::to_string(before->line) + " already.");
      continue;
    }
    item->line = number;
    config.items.push_back(*std::move(item));
  }
  return config;
}

std::string EnvironmentName(std::string_view setting) {
  std::string name = "RECADO_";
  for (const char c : setting) {
    name.push_back(c == '-' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(c))));
  }
  return name;
}

}  // namespace recado::cli
