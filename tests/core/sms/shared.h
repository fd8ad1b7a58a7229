// Reference and conformance data from outside the project: tests skip, saying so, where it is absent.
#pragma once

#include <cstdlib>
#include <fstream>
#include <optional>
#include <sstream>
#include <string>

#include "core/base/json.h"

namespace recado::sms {

inline std::string SharedFolder() {
  const char* folder = std::getenv("RECADO_SHARED");
  return folder != nullptr && *folder != '\0' ? folder : RECADO_SHARED;
}

inline std::optional<std::string> SharedText(const std::string& path) {
  std::ifstream in(SharedFolder() + "/" + path, std::ios::binary);
  if (!in) return std::nullopt;
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

inline std::optional<Json> SharedJson(const std::string& path) {
  const std::optional<std::string> text = SharedText(path);
  if (!text) return std::nullopt;
  Result<Json> json = ParseJson(*text);
  return json.ok() ? std::optional<Json>(std::move(*json)) : std::nullopt;
}

}  // namespace recado::sms
