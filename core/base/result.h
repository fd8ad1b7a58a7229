// Result<T>: either a value or the reasons there is none.
//
// Recado reports faults as values: a function that can fail for a reason its caller's user should read
// returns Result<T> (the reasons are Diagnostics, see diagnostic.h). No exception crosses a room.
// std::expected would say the same, but the WebAssembly compiler in use (Emscripten 3.1.6, libc++ 13) does
// not have it.
//
//   Result<Rule> rule = ParseRule(json);
//   if (!rule.ok()) return rule.TakeError();
//   Use(*rule);
//
// Ownership: a Result owns its value or its error. Not thread-safe; a plain value.
#pragma once

#include <cassert>
#include <utility>
#include <variant>

#include "core/base/diagnostic.h"

namespace recado {

template <class T, class E = Diagnostics>
class [[nodiscard]] Result {
 public:
  // Implicit on purpose: `return value;` and `return error;` read as what they are.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}  // NOLINT
  Result(E error) : state_(std::in_place_index<1>, std::move(error)) {}  // NOLINT

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // The value. Asking a failed Result for it is a bug of ours, not of the user, hence an assertion.
  const T& operator*() const& { return Value(); }
  T& operator*() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& operator*() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  const T* operator->() const { return &Value(); }
  T* operator->() {
    assert(ok());
    return std::get_if<0>(&state_);
  }

  // Why there is no value. Only for a failed Result.
  const E& error() const {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  E TakeError() {
    assert(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

  T ValueOr(T fallback) const { return ok() ? Value() : std::move(fallback); }

 private:
  const T& Value() const {
    assert(ok());
    return *std::get_if<0>(&state_);
  }

  std::variant<T, E> state_;
};

}  // namespace recado
