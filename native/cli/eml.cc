#include "native/cli/eml.h"

#include <algorithm>

#include "core/base/utf8.h"

namespace recado::cli {
namespace {

constexpr size_t kLineCharacters = 76;  // of base64 (RFC 2045, 6.8)
// 75 characters of an encoded word less "=?utf-8?B??=", as bytes before base64.
constexpr size_t kWordBytes = (75 - 12) / 4 * 3;

constexpr std::string_view kLine = "\r\n";

std::string Wrapped(std::string_view base64) {
  std::string out;
  for (size_t at = 0; at < base64.size(); at += kLineCharacters) {
    out.append(base64.substr(at, kLineCharacters));
    out.append(kLine);
  }
  return out;
}

std::string Number(int64_t value, size_t width) {
  std::string digits = std::to_string(value);
  return digits.size() < width ? std::string(width - digits.size(), '0') + digits : digits;
}

// "Sun, 22 Nov 2026 09:30:00 +0000" (RFC 5322, 3.3).
std::string MailDate(Instant instant) {
  constexpr const char* kDays[] = {"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr int64_t kDay = 86'400'000;
  const int64_t days = instant.ms / kDay - (instant.ms % kDay < 0 ? 1 : 0);
  const int64_t seconds = (instant.ms - days * kDay) / 1000;
  const Date date = DateFromDays(days);
  return std::string(kDays[IsoWeekday(date) - 1]) + ", " + Number(date.day, 1) + " " +
         kMonths[date.month - 1] + " " + Number(date.year, 4) + " " + Number(seconds / 3600, 2) + ":" +
         Number(seconds / 60 % 60, 2) + ":" + Number(seconds % 60, 2) + " +0000";
}

std::string TextPart(std::string_view subtype, std::string_view text) {
  return "Content-Type: text/" + std::string(subtype) +
         "; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Wrapped(Base64(text));
}

std::string AttachmentPart(const EmlAttachment& attachment) {
  std::string quoted;
  for (const char c : EncodeHeader(attachment.name)) {
    if (c == '"' || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=\"" + quoted +
         "\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" + Wrapped(Base64(attachment.bytes));
}

std::string Multipart(std::string_view subtype, const std::string& boundary,
                      const std::vector<std::string>& parts) {
  std::string out =
      "Content-Type: multipart/" + std::string(subtype) + "; boundary=\"" + boundary + "\"\r\n\r\n";
  const std::string mark = "--" + boundary;
  for (const std::string& part : parts) out.append(mark).append("\r\n").append(part);
  return out.append(mark).append("--\r\n");
}

std::string BodyOf(const Eml& mail) {
  if (mail.text && mail.html) {
    return Multipart("alternative", "alternative-" + mail.key.substr(0, 24),
                     {TextPart("plain", *mail.text), TextPart("html", *mail.html)});
  }
  if (mail.html) return TextPart("html", *mail.html);
  return TextPart("plain", mail.text.value_or(""));
}

}  // namespace

std::string Base64(std::string_view bytes) {
  constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((bytes.size() + 2) / 3 * 4);
  for (size_t at = 0; at < bytes.size(); at += 3) {
    const size_t left = std::min<size_t>(3, bytes.size() - at);
    uint32_t block = 0;
    for (size_t i = 0; i < 3; ++i) {
      block = (block << 8) | (i < left ? static_cast<unsigned char>(bytes[at + i]) : 0U);
    }
    for (size_t i = 0; i < 4; ++i) out.push_back(i <= left ? kDigits[(block >> (18 - 6 * i)) & 63] : '=');
  }
  return out;
}

std::string EncodeHeader(std::string_view text) {
  std::string flat(text);
  for (char& c : flat) {
    if (c == '\r' || c == '\n' || c == '\t') c = ' ';
  }
  const bool plain = std::all_of(flat.begin(), flat.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
  if (plain && flat.find("=?") == std::string::npos) return flat;
  std::string out;
  for (size_t at = 0; at < flat.size();) {
    size_t end = at;
    while (end < flat.size()) {
      const size_t next = end + utf8::Decode(flat, end).length;
      if (next - at > kWordBytes) break;
      end = next;
    }
    if (!out.empty()) out += "\r\n ";
    out += "=?utf-8?B?" + Base64(std::string_view(flat).substr(at, end - at)) + "?=";
    at = end;
  }
  return out;
}

std::string ToEml(const Eml& mail) {
  std::string out = "Date: " + MailDate(mail.date) + "\r\n";
  out += "From: " + EncodeHeader(mail.from) + "\r\nTo: " + EncodeHeader(mail.to) + "\r\n";
  out += "Subject: " + EncodeHeader(mail.subject) + "\r\nMessage-ID: <" + mail.key + "@recado.invalid>\r\n";
  out += "MIME-Version: 1.0\r\n";
  if (mail.attachments.empty()) return out + BodyOf(mail);
  std::vector<std::string> parts = {BodyOf(mail)};
  for (const EmlAttachment& attachment : mail.attachments) parts.push_back(AttachmentPart(attachment));
  return out + Multipart("mixed", "mixed-" + mail.key.substr(0, 24), parts);
}

}  // namespace recado::cli
