// ObjectReader: takes a JSON object apart member by member and reports everything that is wrong with it.
//
// One reader for rules, schemas, workspaces, snapshots and events, so that they all behave alike: a wrong
// type is an error with the member's JSON pointer, an unknown member is a warning with the nearest known
// name, and reading goes on after a fault, so that all faults are reported and not only the first.
//
//   ObjectReader in(json, "/action", out);
//   sms.text = in.RequiredText("text");
//   sms.phone_type = in.Choice("phone_type", kPhoneTypes, "auto");
//   in.Finish();  // what is left over is unknown
//
// Borrows the JSON and the list of diagnostics; both must outlive it. For one thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"

namespace recado::crm {

class ObjectReader {
 public:
  // What a member that is `null` means: in data that comes from a CRM it is the same as no member; in what
  // people write (rules, schemas, workspaces) it is a fault.
  enum class Null : uint8_t { kIsWrong, kIsAbsent };

  // Where `json` is no object, reports wrong_type and reads as an empty object of which nothing is required.
  ObjectReader(const Json& json, std::string pointer, Diagnostics& out, Null null = Null::kIsWrong);

  bool is_object() const { return is_object_; }
  const std::string& pointer() const { return pointer_; }
  std::string At(std::string_view name) const { return Child(pointer_, name); }

  // The member, or null where it is absent. Marks the name as known.
  const Json* Take(std::string_view name);
  // As Take, and missing_member where it is absent.
  const Json* Require(std::string_view name);

  // Text members. A required one must not be empty.
  std::string RequiredText(std::string_view name);
  std::string Text(std::string_view name, std::string_view fallback = "");
  std::optional<std::string> OptionalText(std::string_view name);
  // A required text fit to be an id: at most kMaxIdBytes, no control characters (they would blur the borders
  // inside an intent's key).
  std::string RequiredId(std::string_view name);

  bool Boolean(std::string_view name, bool fallback);
  // Whole numbers in [min, max]; out_of_range otherwise.
  int64_t Integer(std::string_view name, int64_t fallback, int64_t min, int64_t max);
  // One of `allowed` (invalid_value with the nearest one otherwise).
  std::string Choice(std::string_view name, std::span<const std::string_view> allowed,
                     std::string_view fallback);

  // Null where absent or (reported) of another type.
  const Json* Object(std::string_view name);
  const Json* List(std::string_view name, size_t max_items);

  // Reports the members nobody took (unknown_member).
  void Finish();

  // Reports a fault of this member.
  void Fault(std::string_view name, Diagnostic diagnostic);

 private:
  std::optional<std::string> TypedText(std::string_view name, const Json* value);

  const Json* json_;
  std::string pointer_;
  Diagnostics& out_;
  bool is_object_;
  Null null_;
  std::vector<std::string_view> known_;  // names of the program's own: literals
};

// The diagnostics the readers give, for those who read without one.
Diagnostic WrongType(std::string_view what, std::string_view expected, const Json& actual);
Diagnostic InvalidValue(std::string_view what, std::string_view value,
                        std::span<const std::string_view> allowed);
Diagnostic OutOfRange(std::string_view what, std::string value, int64_t min, int64_t max);

// Adds a `suggestion` argument and a fix where one of the candidates is near to `name`.
Diagnostic Suggest(Diagnostic diagnostic, std::string_view name,
                   const std::vector<std::string_view>& candidates);

// Whether a text may be an id: not empty, at most kMaxIdBytes, no control characters.
bool IsId(std::string_view text);

}  // namespace recado::crm
