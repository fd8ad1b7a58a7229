// Filters that write text in another alphabet: HTML, URLs, Base64.
#include <array>

#include "core/base/utf8.h"
#include "core/liquid/filters.h"
#include "core/liquid/number.h"
#include "core/liquid/text_search.h"

namespace recado::liquid {
namespace {

constexpr std::string_view kBase64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kBase64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

bool IsAlphabetic(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

int HexValue(char c) {
  if (IsDigit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

Value Encode(FilterCall& call, std::string_view alphabet) {
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (size_t i = 0; i < text.size(); i += 3) {
    const size_t left = text.size() - i;
    uint32_t block = static_cast<uint32_t>(static_cast<unsigned char>(text[i])) << 16;
    if (left > 1) block |= static_cast<uint32_t>(static_cast<unsigned char>(text[i + 1])) << 8;
    if (left > 2) block |= static_cast<unsigned char>(text[i + 2]);
    buffer.push_back(alphabet[block >> 18]);
    buffer.push_back(alphabet[(block >> 12) & 63]);
    buffer.push_back(left > 1 ? alphabet[(block >> 6) & 63] : '=');
    buffer.push_back(left > 2 ? alphabet[block & 63] : '=');
  }
  return call.renderer.MakeText(buffer);
}

Value Undecodable(FilterCall& call) {
  return call.renderer.Fail(Diagnostic::Of(DiagnosticCode::invalid_encoding)
                                .With("name", std::string(call.name))
                                .With("value", call.input.Dump()));
}

// RFC 4648 strictly: no other characters, zero bits behind the end, full padding (which the URL form may
// drop).
Value Decode(FilterCall& call, std::string_view alphabet, bool padding_optional) {
  std::string_view text = call.renderer.ToText(call.input);
  const bool padded = text.size() % 4 == 0;
  if (!padded && !padding_optional) return Undecodable(call);
  for (int i = 0; i < 2 && padded && !text.empty() && text.back() == '='; ++i) text.remove_suffix(1);
  if (text.size() % 4 == 1) return Undecodable(call);
  std::string& buffer = call.renderer.Buffer();
  uint32_t block = 0;
  int bits = 0;
  for (const char c : text) {
    const size_t value = alphabet.find(c);
    if (value == std::string_view::npos) return Undecodable(call);
    block = (block << 6 | static_cast<uint32_t>(value)) & 0xFFFFFF;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    buffer.push_back(static_cast<char>(static_cast<unsigned char>(block >> bits)));
  }
  if ((block & ((1U << bits) - 1)) != 0 || utf8::FindInvalid(buffer)) return Undecodable(call);
  return call.renderer.MakeText(buffer);
}

// Whether an entity (&amp; or &#39;) starts at the & at `at`.
bool IsEntity(std::string_view text, size_t at) {
  size_t end = at + 1;
  if (end < text.size() && text[end] == '#') {
    ++end;
    while (end < text.size() && IsDigit(text[end])) ++end;
    return end > at + 2 && end < text.size() && text[end] == ';';
  }
  while (end < text.size() && IsAlphabetic(text[end])) ++end;
  return end > at + 1 && end < text.size() && text[end] == ';';
}

// Removes <script …</script>, <!-- … --> and <style …</style>. An opening without its end stays.
void RemoveHtmlBlocks(std::string_view text, std::string& out) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kBlocks = {
      {{"<script", "</script>"}, {"<!--", "-->"}, {"<style", "</style>"}}};
  std::array<bool, 3> endless{};  // no end of this kind in the rest: not searched for again
  size_t at = 0;
  while (at < text.size()) {
    const size_t open = text.find('<', at);
    out.append(text, at, open == std::string_view::npos ? open : open - at);
    if (open == std::string_view::npos) return;
    at = open;
    for (size_t i = 0; i < kBlocks.size() && at == open; ++i) {
      const auto& [opening, closing] = kBlocks[i];
      if (endless[i] || text.substr(open, opening.size()) != opening) continue;
      const size_t end = text.find(closing, open + opening.size());
      endless[i] = end == std::string_view::npos;
      if (!endless[i]) at = end + closing.size();
    }
    if (at == open) {
      out.push_back('<');
      ++at;
    }
  }
}

}  // namespace

Value FilterEscape(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  call.renderer.AppendEscaped(buffer, text);
  return Value::SafeText(call.renderer.MakeText(buffer).AsString());
}

Value FilterEscapeOnce(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '&' && IsEntity(text, i)) {
      buffer.push_back('&');
    } else {
      call.renderer.AppendEscaped(buffer, text.substr(i, 1));
    }
  }
  return Value::SafeText(call.renderer.MakeText(buffer).AsString());
}

// Where the message is markup, so are the breaks, and the text between them is escaped here.
Value FilterNewlineToBr(FilterCall& call) {
  const bool markup = call.renderer.options().escape != Escape::kNone;
  std::string_view rest = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (;;) {
    const size_t newline = rest.find('\n');
    std::string_view line = rest.substr(0, newline);
    if (newline != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    if (markup && !call.input.IsSafe()) {
      call.renderer.AppendEscaped(buffer, line);
    } else {
      buffer += line;
    }
    if (newline == std::string_view::npos) break;
    buffer += "<br />\n";
    rest.remove_prefix(newline + 1);
  }
  const Value text = call.renderer.MakeText(buffer);
  return markup ? Value::SafeText(text.AsString()) : text;
}

Value FilterRaw(FilterCall& call) {
  return Value::SafeText(call.renderer.ToText(call.input));
}

Value FilterStripHtml(FilterCall& call) {
  const std::string_view text = call.renderer.ToText(call.input);
  std::string blocks_gone;
  RemoveHtmlBlocks(text, blocks_gone);
  std::string& buffer = call.renderer.Buffer();
  size_t at = 0;
  while (at < blocks_gone.size()) {
    const size_t open = blocks_gone.find('<', at);
    const size_t close = open == std::string::npos ? open : blocks_gone.find('>', open);
    if (close == std::string::npos) break;
    buffer.append(blocks_gone, at, open - at);
    at = close + 1;
  }
  buffer.append(blocks_gone, std::min(at, blocks_gone.size()));
  return call.renderer.MakeText(buffer);
}

Value FilterUrlEncode(FilterCall& call) {
  if (call.input.IsNil()) return {};
  constexpr std::string_view kHex = "0123456789ABCDEF";
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (IsAlphabetic(c) || IsDigit(c) || c == '_' || c == '.' || c == '-' || c == '~') {
      buffer.push_back(c);
    } else if (c == ' ') {
      buffer.push_back('+');
    } else {
      buffer.push_back('%');
      buffer.push_back(kHex[byte >> 4]);
      buffer.push_back(kHex[byte & 15]);
    }
  }
  return call.renderer.MakeText(buffer);
}

Value FilterUrlDecode(FilterCall& call) {
  if (call.input.IsNil()) return {};
  const std::string_view text = call.renderer.ToText(call.input);
  std::string& buffer = call.renderer.Buffer();
  for (size_t i = 0; i < text.size(); ++i) {
    const int high = text[i] == '%' && i + 2 < text.size() ? HexValue(text[i + 1]) : -1;
    const int low = high >= 0 ? HexValue(text[i + 2]) : -1;
    if (low >= 0) {
      buffer.push_back(static_cast<char>(static_cast<unsigned char>(high * 16 + low)));
      i += 2;
    } else {
      buffer.push_back(text[i] == '+' ? ' ' : text[i]);
    }
  }
  if (utf8::FindInvalid(buffer)) return Undecodable(call);
  return call.renderer.MakeText(buffer);
}

Value FilterBase64Encode(FilterCall& call) {
  return Encode(call, kBase64);
}
Value FilterBase64UrlSafeEncode(FilterCall& call) {
  return Encode(call, kBase64Url);
}
Value FilterBase64Decode(FilterCall& call) {
  return Decode(call, kBase64, false);
}
Value FilterBase64UrlSafeDecode(FilterCall& call) {
  return Decode(call, kBase64Url, true);
}

}  // namespace recado::liquid
