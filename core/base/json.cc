#include "core/base/json.h"

#include "core/base/limits.h"
#include "core/base/utf8.h"

namespace recado {
namespace {

// Builds the document from the parser's events. nlohmann's own builder would do the same without bounds; here
// depth and member count end the parse with a reason instead of the stack or the afternoon.
class Builder : public nlohmann::json_sax<Json> {
 public:
  enum class Stop { kNone, kDepth, kMembers, kSyntax };

  bool null() override { return Put(nullptr); }
  bool boolean(bool value) override { return Put(value); }
  bool number_integer(number_integer_t value) override { return Put(value); }
  bool number_unsigned(number_unsigned_t value) override { return Put(value); }
  bool number_float(number_float_t value, const string_t&) override { return Put(value); }
  bool string(string_t& value) override { return Put(std::move(value)); }
  bool binary(binary_t&) override { return false; }
  bool start_object(std::size_t) override { return Open(Json::object()); }
  bool end_object() override { return Close(); }
  bool start_array(std::size_t) override { return Open(Json::array()); }
  bool end_array() override { return Close(); }

  bool key(string_t& name) override {
    Json& object = *open_.back();
    if (object.size() >= kMaxJsonMembers) {
      stop = Stop::kMembers;
      return false;
    }
    slot_ = &object[std::move(name)];
    return true;
  }

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    stop = Stop::kSyntax;
    offset = position;
    detail = Plain(error.what());
    return false;
  }

  Json document;
  Stop stop = Stop::kNone;
  size_t offset = 0;
  std::string detail;

 private:
  template <class T>
  bool Put(T&& value) {
    Place(Json(std::forward<T>(value)));
    return true;
  }

  Json* Place(Json&& value) {
    if (open_.empty()) {
      document = std::move(value);
      return &document;
    }
    if (open_.back()->is_array()) {
      open_.back()->push_back(std::move(value));
      return &open_.back()->back();
    }
    *slot_ = std::move(value);
    return slot_;
  }

  bool Open(Json&& container) {
    if (open_.size() >= kMaxJsonDepth) {
      stop = Stop::kDepth;
      return false;
    }
    open_.push_back(Place(std::move(container)));
    return true;
  }

  bool Close() {
    open_.pop_back();
    return true;
  }

  // The library's text is "[json.exception.parse_error.101] parse error at line 1, column 2: syntax error
  // while …"; what helps a person comes after the place.
  static std::string Plain(std::string_view text) {
    const size_t place = text.find("column ");
    const size_t colon = place == std::string_view::npos ? place : text.find(": ", place);
    return std::string(colon == std::string_view::npos ? text : text.substr(colon + 2));
  }

  std::vector<Json*> open_;  // pointers stay good: only the innermost container grows
  Json* slot_ = nullptr;
};

// nlohmann stops at a byte; what is shown is the character it belongs to.
size_t StartOfCharacter(std::string_view text, size_t offset) {
  while (offset > 0 && offset < text.size() && (text[offset] & 0xC0) == 0x80) --offset;
  return offset;
}

// The whole character at `offset`: half of one has no place in UTF-16.
Diagnostics At(std::string_view text, size_t offset, Diagnostic diagnostic) {
  const size_t length = offset < text.size() ? utf8::Decode(text, offset).length : 0;
  return {std::move(diagnostic).In(LocateSpan(text, offset, offset + length))};
}

Diagnostic TooLarge(size_t limit, std::string unit) {
  return Diagnostic::Of(DiagnosticCode::json_too_large)
      .With("limit", std::to_string(limit))
      .With("unit", std::move(unit));
}

// nlohmann counts from one past the character it stopped at; how far the text was read when a bound was met
// is not told by it, so that place is found by counting brackets.
size_t FindDepth(std::string_view text, size_t depth) {
  size_t open = 0;
  bool quoted = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      quoted = c != '"';
      continue;
    }
    if (c == '"') quoted = true;
    if ((c == '{' || c == '[') && ++open > depth) return i;
    if ((c == '}' || c == ']') && open > 0) --open;
  }
  return text.size();
}

}  // namespace

Result<Json> ParseJson(std::string_view text) {
  if (text.size() > kMaxJsonBytes) return Diagnostics{TooLarge(kMaxJsonBytes, "bytes")};
  if (const auto bad = utf8::FindInvalid(text)) {
    return At(text, *bad, Diagnostic::Of(DiagnosticCode::invalid_utf8).With("offset", std::to_string(*bad)));
  }
  Builder builder;
  if (Json::sax_parse(text.begin(), text.end(), &builder)) return std::move(builder.document);
  switch (builder.stop) {
    case Builder::Stop::kDepth:
      return At(text, FindDepth(text, kMaxJsonDepth),
                Diagnostic::Of(DiagnosticCode::json_too_deep).With("limit", std::to_string(kMaxJsonDepth)));
    case Builder::Stop::kMembers:
      return Diagnostics{TooLarge(kMaxJsonMembers, "members")};
    default: {
      const size_t offset = builder.offset > 0 ? builder.offset - 1 : 0;
      return At(text, StartOfCharacter(text, offset),
                Diagnostic::Of(DiagnosticCode::invalid_json).With("detail", builder.detail));
    }
  }
}

std::string DumpJson(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string Child(std::string_view pointer, std::string_view token) {
  std::string out(pointer);
  out.push_back('/');
  for (const char c : token) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

std::string Child(std::string_view pointer, size_t index) {
  return std::string(pointer) + "/" + std::to_string(index);
}

std::string_view TypeWord(const Json& json) {
  switch (json.type()) {
    case Json::value_t::null:
      return "nothing (null)";
    case Json::value_t::object:
      return "an object";
    case Json::value_t::array:
      return "a list";
    case Json::value_t::string:
      return "a text";
    case Json::value_t::boolean:
      return "true or false";
    default:
      return "a number";
  }
}

Json ToJson(const Diagnostic& diagnostic, OffsetUnit unit, std::string_view language) {
  Json json = {{"code", CodeName(diagnostic.code)},
               {"severity", SeverityName(diagnostic.severity)},
               {"path", diagnostic.path}};
  if (diagnostic.span) {
    const Span& span = *diagnostic.span;
    json["from"] = unit == OffsetUnit::kBytes ? span.from : span.from16;
    json["to"] = unit == OffsetUnit::kBytes ? span.to : span.to16;
    json["line"] = span.line;
    json["column"] = span.column;
  }
  json["arguments"] = Json::object();
  for (const auto& [name, value] : diagnostic.arguments) json["arguments"][name] = value;
  json["message"] = MessageOf(diagnostic, language);
  if (diagnostic.fix) {
    json["fix"] = {{"title", FixTitleOf(diagnostic, language)}, {"replacement", diagnostic.fix->replacement}};
  }
  return json;
}

Json ToJson(const Diagnostics& diagnostics, OffsetUnit unit, std::string_view language) {
  Json list = Json::array();
  for (const Diagnostic& diagnostic : diagnostics) list.push_back(ToJson(diagnostic, unit, language));
  return list;
}

}  // namespace recado
