// One robot of Bitrix24 as a rule. Private to the room; see bitrix24_import.h.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/json.h"
#include "core/liquid/bitrix24.h"
#include "core/rule/bitrix24_import.h"

namespace recado::rule {

// `text` as Liquid; faults go to `out` with `path`.
std::string ConvertText(const std::string& text, const liquid::bitrix24::Names& names,
                        const std::string& path, Diagnostics& out);

class RobotReader {
 public:
  RobotReader(const Json& robot, std::string path, const liquid::bitrix24::Names& names, Diagnostics& out);
  // The rule, or nothing (and a warning) for a robot that writes to no customer.
  std::optional<Json> Read(size_t position, const ImportSettings& settings);

 private:
  using Aliases = std::initializer_list<std::string_view>;
  // A member by any of its names, whatever their case; `path` becomes the one found, or the first name's.
  const Json* Find(const Json& object, Aliases names, const std::string& parent, std::string& path) const;
  const Json* Property(Aliases names, std::string& path) const;
  std::string Word(Aliases names) const;                  // "" where there is none
  std::string Required(Aliases names);                    // missing_member where there is none
  std::string Text(Aliases names, bool required = true);  // converted
  std::string Kind(Aliases names, std::span<const std::string_view> allowed);
  bool Flag(Aliases names) const;
  void LeftOut(Aliases names);

  std::optional<Json> Action();
  Json Email();
  Json Call();
  Json WhatsApp();
  std::optional<Json> Timing();
  std::optional<std::string> Period(const Json& delay, const std::string& path);
  std::optional<Json> Conditions();
  std::optional<Json> Condition(const Json& item);

  const Json& robot_;
  std::string path_;
  const liquid::bitrix24::Names& names_;
  Diagnostics& out_;
  const Json* properties_ = nullptr;
  std::string properties_path_;
};

}  // namespace recado::rule
