#include "native/server/router.h"

#include <algorithm>

namespace recado::server {
namespace {

std::vector<std::string> Split(std::string_view path) {
  std::vector<std::string> parts;
  while (!path.empty()) {
    path.remove_prefix(1);  // the slash
    const size_t end = std::min(path.find('/'), path.size());
    parts.emplace_back(path.substr(0, end));
    path.remove_prefix(end);
  }
  return parts;
}

bool IsPlaceholder(std::string_view part) {
  return part.size() > 2 && part.front() == '{' && part.back() == '}';
}

std::string Join(const std::vector<std::string>& parts, size_t from) {
  std::string out;
  for (size_t i = from; i < parts.size(); ++i) {
    if (i > from) out.push_back('/');
    out += parts[i];
  }
  return out;
}

}  // namespace

Handler Plainly(PlainHandler handler) {
  return [handler = std::move(handler)](const Call& call, const Reply& reply) { reply(handler(call)); };
}

Router::Router(std::vector<Route> routes) : routes_(std::move(routes)) {
  for (const Route& route : routes_) {
    Compiled compiled;
    compiled.parts = Split(route.pattern);
    if (!compiled.parts.empty() && compiled.parts.back().ends_with("*}")) {
      compiled.rest = true;
      compiled.parts.pop_back();
    }
    compiled_.push_back(std::move(compiled));
  }
}

Router::Match Router::Find(Method method, std::string_view path) const {
  const std::vector<std::string> parts = Split(path);
  if (method == Method::kHead) method = Method::kGet;
  Match match;
  for (size_t i = 0; i < routes_.size(); ++i) {
    const Compiled& compiled = compiled_[i];
    const size_t fixed = compiled.parts.size();
    if (compiled.rest ? parts.size() < fixed : parts.size() != fixed) continue;
    std::vector<std::string> arguments;
    bool fits = true;
    for (size_t p = 0; p < fixed && fits; ++p) {
      if (IsPlaceholder(compiled.parts[p])) {
        fits = !parts[p].empty();
        arguments.push_back(parts[p]);
      } else {
        fits = compiled.parts[p] == parts[p];
      }
    }
    if (!fits) continue;
    if (compiled.rest) arguments.push_back(Join(parts, fixed));
    if (routes_[i].method == method) return {&routes_[i], std::move(arguments), {}};
    match.allowed.push_back(routes_[i].method);
  }
  return match;
}

}  // namespace recado::server
