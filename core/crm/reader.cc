#include "core/crm/reader.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/liquid/check.h"

namespace recado::crm {
namespace {

const Json& EmptyObject() {
  static const Json empty = Json::object();
  return empty;
}

std::string Join(std::span<const std::string_view> names) {
  std::string out;
  for (const std::string_view name : names) {
    if (!out.empty()) out += ", ";
    out += name;
  }
  return out;
}

// A value a person typed may be long; a sentence about it should not be.
std::string Shortened(std::string_view value) {
  constexpr size_t kShown = 60;
  if (value.size() <= kShown) return std::string(value);
  size_t cut = kShown;
  while (cut > 0 && (static_cast<unsigned char>(value[cut]) & 0xC0) == 0x80) --cut;
  return std::string(value.substr(0, cut)) + "…";
}

}  // namespace

Diagnostic WrongType(std::string_view what, std::string_view expected, const Json& actual) {
  return Diagnostic::Of(DiagnosticCode::wrong_type)
      .With("what", std::string(what))
      .With("expected", std::string(expected))
      .With("actual", std::string(TypeWord(actual)));
}

Diagnostic InvalidValue(std::string_view what, std::string_view value,
                        std::span<const std::string_view> allowed) {
  return Suggest(Diagnostic::Of(DiagnosticCode::invalid_value)
                     .With("value", Shortened(value))
                     .With("what", std::string(what))
                     .With("allowed", Join(allowed)),
                 value, std::vector<std::string_view>(allowed.begin(), allowed.end()));
}

Diagnostic OutOfRange(std::string_view what, std::string value, int64_t min, int64_t max) {
  return Diagnostic::Of(DiagnosticCode::out_of_range)
      .With("what", std::string(what))
      .With("value", std::move(value))
      .With("min", std::to_string(min))
      .With("max", std::to_string(max));
}

Diagnostic Suggest(Diagnostic diagnostic, std::string_view name,
                   const std::vector<std::string_view>& candidates) {
  const std::string nearest(liquid::NearestName(name, candidates));
  if (nearest.empty() || nearest == name) return diagnostic;
  return std::move(diagnostic).With("suggestion", nearest).Fixed(nearest);
}

bool IsId(std::string_view text) {
  return !text.empty() && text.size() <= kMaxIdBytes && std::none_of(text.begin(), text.end(), [](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
  });
}

ObjectReader::ObjectReader(const Json& json, std::string pointer, Diagnostics& out, Null null)
    : json_(&json), pointer_(std::move(pointer)), out_(out), is_object_(json.is_object()), null_(null) {
  if (is_object_) return;
  const size_t slash = pointer_.rfind('/');
  const std::string what = slash == std::string::npos ? "The document" : pointer_.substr(slash + 1);
  out_.push_back(WrongType(what, "an object", json).At(pointer_));
  json_ = &EmptyObject();
}

const Json* ObjectReader::Take(std::string_view name) {
  known_.push_back(name);
  const auto found = json_->find(name);
  if (found == json_->end()) return nullptr;
  if (null_ == Null::kIsAbsent && found->is_null()) return nullptr;
  return &*found;
}

const Json* ObjectReader::Require(std::string_view name) {
  const Json* value = Take(name);
  if (value == nullptr && is_object_) {
    Fault(name, Diagnostic::Of(DiagnosticCode::missing_member).With("what", std::string(name)));
  }
  return value;
}

std::optional<std::string> ObjectReader::TypedText(std::string_view name, const Json* value) {
  if (value == nullptr) return std::nullopt;
  if (value->is_string()) return value->get<std::string>();
  Fault(name, WrongType(name, "a text", *value));
  return std::nullopt;
}

std::string ObjectReader::RequiredText(std::string_view name) {
  const auto text = TypedText(name, Require(name));
  if (text && text->empty()) {
    Fault(name, Diagnostic::Of(DiagnosticCode::empty_value).With("what", std::string(name)));
  }
  return text.value_or("");
}

std::string ObjectReader::Text(std::string_view name, std::string_view fallback) {
  return TypedText(name, Take(name)).value_or(std::string(fallback));
}

std::optional<std::string> ObjectReader::OptionalText(std::string_view name) {
  return TypedText(name, Take(name));
}

std::string ObjectReader::RequiredId(std::string_view name) {
  std::string id = RequiredText(name);
  if (!id.empty() && !IsId(id)) {
    Fault(name, Diagnostic::Of(DiagnosticCode::invalid_id)
                    .With("what", std::string(name))
                    .With("limit", std::to_string(kMaxIdBytes)));
  }
  return id;
}

bool ObjectReader::Boolean(std::string_view name, bool fallback) {
  const Json* value = Take(name);
  if (value == nullptr) return fallback;
  if (value->is_boolean()) return value->get<bool>();
  Fault(name, WrongType(name, "true or false", *value));
  return fallback;
}

int64_t ObjectReader::Integer(std::string_view name, int64_t fallback, int64_t min, int64_t max) {
  const Json* value = Take(name);
  if (value == nullptr) return fallback;
  if (!value->is_number_integer()) {
    Fault(name, WrongType(name, "a whole number", *value));
    return fallback;
  }
  // An unsigned number above INT64_MAX is beyond every range.
  const bool huge = value->is_number_unsigned() && value->get<uint64_t>() > INT64_MAX;
  const int64_t number = huge ? INT64_MAX : value->get<int64_t>();
  if (!huge && number >= min && number <= max) return number;
  Fault(name, OutOfRange(name, DumpJson(*value), min, max));
  return fallback;
}

std::string ObjectReader::Choice(std::string_view name, std::span<const std::string_view> allowed,
                                 std::string_view fallback) {
  const auto text = TypedText(name, Take(name));
  if (!text) return std::string(fallback);
  if (std::find(allowed.begin(), allowed.end(), *text) == allowed.end()) {
    Fault(name, InvalidValue(name, *text, allowed));
    return std::string(fallback);
  }
  return *text;
}

const Json* ObjectReader::Object(std::string_view name) {
  const Json* value = Take(name);
  if (value == nullptr || value->is_object()) return value;
  Fault(name, WrongType(name, "an object", *value));
  return nullptr;
}

const Json* ObjectReader::List(std::string_view name, size_t max_items) {
  const Json* value = Take(name);
  if (value == nullptr) return nullptr;
  if (!value->is_array()) {
    Fault(name, WrongType(name, "a list", *value));
    return nullptr;
  }
  if (value->size() > max_items) {
    Fault(name, Diagnostic::Of(DiagnosticCode::too_many_items)
                    .With("what", std::string(name))
                    .With("actual", std::to_string(value->size()))
                    .With("limit", std::to_string(max_items)));
    return nullptr;
  }
  return value;
}

void ObjectReader::Finish() {
  for (const auto& [name, value] : json_->items()) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    Fault(name, Suggest(Diagnostic::Of(DiagnosticCode::unknown_member).With("name", name), name, known_));
  }
}

void ObjectReader::Fault(std::string_view name, Diagnostic diagnostic) {
  out_.push_back(std::move(diagnostic).At(At(name)));
}

}  // namespace recado::crm
