#include "native/net/mail_text.h"

#include <algorithm>
#include <cstdint>
#include <iterator>

#include "core/base/utf8.h"
#include "native/net/encode.h"
#include "native/net/limits.h"

namespace recado::net {
namespace {

constexpr std::string_view kWordOpen = "=?UTF-8?B?";
constexpr std::string_view kWordClose = "?=";
constexpr std::string_view kFold = "\r\n ";

bool IsAscii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// RFC 5322 §3.2.3 atext.
bool IsAtomCharacter(char c) {
  return IsAlphanumeric(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

// Bytes of the longest run of whole code points of `text` that fits `room` bytes; at least one code point.
size_t WholeCharacters(std::string_view text, size_t room) {
  size_t at = 0;
  while (at < text.size()) {
    const size_t length = utf8::Decode(text, at).length;
    if (at > 0 && at + length > room) break;
    at += length;
  }
  return at;
}

// Encoded words, one a line. `used` characters of the first line are taken.
std::string EncodedWords(std::string_view text, size_t used) {
  constexpr size_t kFrame = kWordOpen.size() + kWordClose.size();
  std::string out;
  while (!text.empty()) {
    const size_t free = kMaxHeaderLine - kFrame - std::min(used, kMaxHeaderLine - kFrame - 8);
    const size_t length = WholeCharacters(text, free / 4 * 3);
    if (!out.empty()) out.append(kFold);
    out.append(kWordOpen).append(Base64(text.substr(0, length))).append(kWordClose);
    text.remove_prefix(length);
    used = 1;  // the fold's space
  }
  return out;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

std::string Phrase(std::string_view text, size_t used) {
  const bool plain =
      std::all_of(text.begin(), text.end(), [](char c) { return IsAlphanumeric(c) || c == ' ' || c == '-'; });
  const std::string phrase = plain ? std::string(text) : Quoted(text);
  const bool as_it_is =
      IsAscii(text) && text.find("=?") == std::string_view::npos && used + phrase.size() <= kMaxHeaderLine;
  return as_it_is ? phrase : EncodedWords(text, used);
}

// RFC 2231 §3 and §4: continuations of whole %XX triples.
std::string ExtendedParameter(std::string_view name, std::string_view value) {
  constexpr size_t kPiece = 54;  // leaves room for ` filename*10*=UTF-8''` and `;`
  const std::string encoded = PercentEncode(value);
  if (encoded.size() <= kPiece) return std::string(name) + "*=UTF-8''" + encoded;
  std::string out;
  size_t at = 0;
  for (int piece = 0; at < encoded.size(); ++piece) {
    size_t end = std::min(at + kPiece, encoded.size());
    for (size_t back = 1; back <= 2 && end < encoded.size(); ++back) {
      if (encoded[end - back] == '%') end -= back;
    }
    if (!out.empty()) out.append(";").append(kFold);
    out.append(name).append("*").append(std::to_string(piece)).append(piece == 0 ? "*=UTF-8''" : "*=");
    out.append(encoded.substr(at, end - at));
    at = end;
  }
  return out;
}

std::string SafeFileName(std::string_view file_name) {
  std::string name = OneLine(file_name);
  std::replace_if(
      name.begin(), name.end(), [](char c) { return c == '/' || c == '\\'; }, '_');
  if (name.size() > kMaxFileNameBytes) name.resize(WholeCharacters(name, kMaxFileNameBytes));
  return name.empty() ? "attachment" : name;
}

std::string TwoDigits(int64_t value) {
  std::string digits = std::to_string(value);
  return digits.size() < 2 ? "0" + digits : digits;
}

}  // namespace

bool IsMailAddress(std::string_view address) {
  if (address.size() > kMaxAddressBytes) return false;
  const size_t at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return false;
  const std::string_view local = address.substr(0, at);
  const std::string_view domain = address.substr(at + 1);
  const auto dotted = [](std::string_view text) {
    return text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
  };
  return dotted(local) && dotted(domain) &&
         std::all_of(local.begin(), local.end(), [](char c) { return c == '.' || IsAtomCharacter(c); }) &&
         std::all_of(domain.begin(), domain.end(),
                     [](char c) { return c == '.' || c == '-' || IsAlphanumeric(c); });
}

std::string OneLine(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool gap = false;
  for (size_t at = 0; at < text.size();) {
    const utf8::Decoded decoded = utf8::Decode(text, at);
    at += decoded.length;
    const char32_t c = decoded.code_point;
    // C0, DEL, C1 and the two Unicode line separators.
    if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x2028 || c == 0x2029) {
      gap = true;
      continue;
    }
    if (gap && !out.empty() && out.back() != ' ' && c != ' ') out += ' ';
    gap = false;
    if (c == ' ' && out.empty()) continue;
    utf8::Append(out, c);
  }
  while (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

std::string TextHeader(std::string_view name, std::string_view value) {
  const std::string line = OneLine(value);
  std::string out = std::string(name) + ": ";
  // "=?" could be read as an encoded word that nobody wrote.
  const bool plain =
      IsAscii(line) && line.find("=?") == std::string::npos && out.size() + line.size() <= kMaxHeaderLine;
  return out.append(plain ? line : EncodedWords(line, out.size()));
}

std::string AddressHeader(std::string_view name, std::string_view display_name, std::string_view address) {
  const std::string display = OneLine(display_name);
  std::string out = std::string(name) + ": ";
  if (display.empty()) return out.append(address);
  out.append(Phrase(display, out.size()));
  const size_t last_line = out.size() - (out.rfind('\n') + 1);  // npos + 1 is 0
  out.append(last_line + address.size() + 3 > kMaxHeaderLine ? kFold : " ");
  return out.append("<").append(address).append(">");
}

std::string UrlHeader(std::string_view name, std::string_view url) {
  std::string line(name);
  line += ": <";
  for (const char c : url) {
    const bool plain = c > ' ' && c < '\x7F' && c != '<' && c != '>';
    if (plain) line += c;
  }
  return line + ">";
}

std::string DispositionHeader(std::string_view file_name) {
  const std::string name = SafeFileName(file_name);
  const std::string head = std::string("Content-Disposition: attachment;").append(kFold);
  const std::string plain = "filename=" + Quoted(name);
  if (IsAscii(name) && plain.size() + 1 <= kMaxHeaderLine) return head + plain;
  return head + ExtendedParameter("filename", name);
}

std::string MailDate(Instant when) {
  constexpr std::string_view kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                          "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr int64_t kDaySeconds = 86'400;
  const int64_t seconds = when.ms >= 0 ? when.ms / 1000 : (when.ms - 999) / 1000;
  const int64_t days = seconds >= 0 ? seconds / kDaySeconds : (seconds - kDaySeconds + 1) / kDaySeconds;
  const int64_t of_day = seconds - days * kDaySeconds;
  const Date date = DateFromDays(days);
  std::string out(kDays[IsoWeekday(date) - 1]);
  out += ", " + std::to_string(date.day) + " ";
  out.append(kMonths[date.month - 1]).append(" ").append(std::to_string(date.year)).append(" ");
  return out + TwoDigits(of_day / 3600) + ":" + TwoDigits(of_day / 60 % 60) + ":" + TwoDigits(of_day % 60) +
         " +0000";
}

std::string MessageId(std::string_view key, std::string_view sender_address) {
  const size_t at = sender_address.rfind('@');
  const std::string_view domain = at == std::string_view::npos ? "localhost" : sender_address.substr(at + 1);
  std::string out = "<";
  for (const char c : key) out += IsAlphanumeric(c) || c == '-' ? c : '.';
  return out.append("@").append(domain).append(">");
}

std::string_view ContentTypeOf(std::string_view file_name) {
  struct Row {
    std::string_view extension, type;
  };
  constexpr Row kTypes[] = {
      {"csv", "text/csv"},
      {"doc", "application/msword"},
      {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
      {"gif", "image/gif"},
      {"html", "text/html"},
      {"ics", "text/calendar"},
      {"jpeg", "image/jpeg"},
      {"jpg", "image/jpeg"},
      {"json", "application/json"},
      {"mp3", "audio/mpeg"},
      {"mp4", "video/mp4"},
      {"odt", "application/vnd.oasis.opendocument.text"},
      {"pdf", "application/pdf"},
      {"png", "image/png"},
      {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
      {"txt", "text/plain"},
      {"webp", "image/webp"},
      {"xls", "application/vnd.ms-excel"},
      {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
      {"xml", "application/xml"},
      {"zip", "application/zip"},
  };
  const size_t dot = file_name.rfind('.');
  std::string extension(dot == std::string_view::npos ? "" : file_name.substr(dot + 1));
  for (char& c : extension) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  const auto* found = std::find_if(std::begin(kTypes), std::end(kTypes),
                                   [&](const Row& row) { return row.extension == extension; });
  return found == std::end(kTypes) ? "application/octet-stream" : found->type;
}

std::string WithCrlf(std::string_view text) {
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      out += "\r\n";
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if (text[i] == '\n') {
      out += "\r\n";
    } else {
      out += text[i];
    }
  }
  return out;
}

}  // namespace recado::net
