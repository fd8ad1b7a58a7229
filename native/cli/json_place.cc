#include "native/cli/json_place.h"

#include <charconv>
#include <cstdint>
#include <string>

namespace recado::cli {
namespace {

bool IsSpace(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

// A finger on the text. The text is valid JSON, so what may follow is always known; the end is checked all
// the same.
class Cursor {
 public:
  Cursor(std::string_view json, size_t at) : json_(json), at_(at) { SkipSpace(); }

  size_t at() const { return at_; }
  bool done() const { return at_ >= json_.size(); }
  char peek() const { return done() ? '\0' : json_[at_]; }

  void SkipSpace() {
    while (!done() && IsSpace(json_[at_])) ++at_;
  }
  void Step() {
    if (!done()) ++at_;
    SkipSpace();
  }

  // Past the string that starts here; the raw text between the quotes.
  std::string_view String() {
    const size_t from = ++at_;
    while (!done() && json_[at_] != '"') at_ += json_[at_] == '\\' ? 2 : 1;
    const size_t to = std::min(at_, json_.size());
    at_ = std::min(at_ + 1, json_.size());
    return json_.substr(from, to - from);
  }

  // Past the value that starts here, whatever it is; its end.
  size_t Value() {
    size_t depth = 0;
    do {
      const char c = peek();
      if (c == '"') {
        String();
      } else {
        if (c == '{' || c == '[') ++depth;
        if ((c == '}' || c == ']') && depth > 0) --depth;
        const bool bracket = c == '{' || c == '[' || c == '}' || c == ']' || c == ',' || c == ':';
        ++at_;
        if (!bracket) SkipScalar();
      }
      if (depth > 0) SkipSpace();
    } while (depth > 0 && !done());
    return std::min(at_, json_.size());
  }

 private:
  void SkipScalar() {
    constexpr std::string_view kEnds = ",:]}[{\" \t\r\n";
    while (!done() && kEnds.find(json_[at_]) == std::string_view::npos) ++at_;
  }

  std::string_view json_;
  size_t at_;
};

size_t HexValue(std::string_view digits) {
  uint32_t value = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  return value;
}

struct Piece {
  size_t raw;    // bytes in the file
  size_t bytes;  // bytes of UTF-8 it stands for
};

// The escape or byte at the beginning of `raw`.
Piece NextPiece(std::string_view raw) {
  if (raw[0] != '\\') return {1, 1};
  if (raw.size() < 6 || raw[1] != 'u') return {std::min<size_t>(2, raw.size()), 1};
  const size_t unit = HexValue(raw.substr(2, 4));
  const bool pair = unit >= 0xD800 && unit < 0xDC00 && raw.size() >= 12 && raw[6] == '\\' && raw[7] == 'u';
  if (pair) return {12, 4};
  return {6, unit < 0x80 ? size_t{1} : unit < 0x800 ? size_t{2} : size_t{3}};
}

// Compares a key as it stands in the file with a decoded token. Escapes in keys are rare; only then is there
// work.
bool KeyIs(std::string_view raw, std::string_view token) {
  if (raw.find('\\') == std::string_view::npos) return raw == token;
  std::string decoded;
  for (size_t at = 0; at < raw.size();) {
    const Piece piece = NextPiece(raw.substr(at));
    if (piece.raw == 2) {
      constexpr std::string_view kFrom = "nrtbf";
      constexpr std::string_view kTo = "\n\r\t\b\f";
      const size_t known = kFrom.find(raw[at + 1]);
      decoded.push_back(known == std::string_view::npos ? raw[at + 1] : kTo[known]);
    } else if (piece.raw == 6 && piece.bytes == 1) {
      decoded.push_back(static_cast<char>(HexValue(raw.substr(at + 2, 4))));
    } else {
      decoded.append(raw.substr(at, piece.raw));
    }
    at += piece.raw;
  }
  return decoded == token;
}

std::string Unescape(std::string_view token) {
  std::string out;
  for (size_t i = 0; i < token.size(); ++i) {
    if (token[i] == '~' && i + 1 < token.size()) {
      out.push_back(token[++i] == '1' ? '/' : '~');
    } else {
      out.push_back(token[i]);
    }
  }
  return out;
}

std::optional<JsonPlace> FindMember(std::string_view json, size_t at, std::string_view token) {
  std::optional<JsonPlace> found;
  Cursor cursor(json, at);
  cursor.Step();
  while (cursor.peek() == '"') {
    const std::string_view key = cursor.String();
    cursor.SkipSpace();
    cursor.Step();  // the colon
    const size_t from = cursor.at();
    const size_t to = cursor.Value();
    if (KeyIs(key, token)) found = JsonPlace{from, to};
    cursor.SkipSpace();
    if (cursor.peek() != ',') break;
    cursor.Step();
  }
  return found;
}

std::optional<JsonPlace> FindElement(std::string_view json, size_t at, std::string_view token) {
  size_t wanted = 0;
  const auto [end, error] = std::from_chars(token.data(), token.data() + token.size(), wanted);
  if (error != std::errc() || end != token.data() + token.size()) return std::nullopt;
  Cursor cursor(json, at);
  cursor.Step();
  for (size_t index = 0; !cursor.done() && cursor.peek() != ']'; ++index) {
    const size_t from = cursor.at();
    const size_t to = cursor.Value();
    if (index == wanted) return JsonPlace{from, to};
    cursor.SkipSpace();
    if (cursor.peek() != ',') break;
    cursor.Step();
  }
  return std::nullopt;
}

}  // namespace

std::optional<JsonPlace> FindInJson(std::string_view json, std::string_view pointer) {
  Cursor start(json, 0);
  JsonPlace place{start.at(), 0};
  place.to = start.Value();
  while (!pointer.empty()) {
    if (pointer[0] != '/') return std::nullopt;
    const size_t end = pointer.find('/', 1);
    const std::string token = Unescape(pointer.substr(1, end == std::string_view::npos ? end : end - 1));
    pointer = end == std::string_view::npos ? std::string_view() : pointer.substr(end);
    const char kind = place.from < json.size() ? json[place.from] : '\0';
    const auto next = kind == '{'   ? FindMember(json, place.from, token)
                      : kind == '[' ? FindElement(json, place.from, token)
                                    : std::nullopt;
    if (!next) {
      place.exact = false;
      return place;
    }
    place = *next;
  }
  return place;
}

size_t OffsetInString(std::string_view json, const JsonPlace& place, size_t offset) {
  if (place.from >= json.size() || json[place.from] != '"' || place.to <= place.from + 1) return place.from;
  const size_t end = place.to - 1;  // the closing quote
  size_t at = place.from + 1;
  for (size_t bytes = 0; bytes < offset && at < end;) {
    const Piece piece = NextPiece(json.substr(at, end - at));
    bytes += piece.bytes;
    at += piece.raw;
  }
  return std::min(at, end);
}

}  // namespace recado::cli
