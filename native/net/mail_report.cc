#include "native/net/mail_report.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "native/net/mail_text.h"

namespace recado::net {
namespace {

constexpr size_t kMaxFields = 200;  // of one block; more is no report of a mail server's

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

bool SameWord(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](char x, char y) { return Lower(x) == Lower(y); });
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const size_t from = text.find_first_not_of(kSpace);
  if (from == std::string_view::npos) return {};
  return text.substr(from, text.find_last_not_of(kSpace) - from + 1);
}

// Lines one after the other, without their ends.
class Lines {
 public:
  explicit Lines(std::string_view text) : rest_(text) {}

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }
  std::string_view Take() {
    const size_t end = rest_.find('\n');
    std::string_view line = rest_.substr(0, end);
    rest_ = end == std::string_view::npos ? std::string_view() : rest_.substr(end + 1);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    return line;
  }

 private:
  std::string_view rest_;
};

// "Name: value" lines up to an empty one, folded ones put together.
class Fields {
 public:
  explicit Fields(Lines& lines) {
    while (!lines.done()) {
      const std::string_view line = lines.Take();
      if (line.empty()) return;
      const bool folded = line.front() == ' ' || line.front() == '\t';
      if (folded && !fields_.empty()) {
        if (!fields_.back().second.empty()) fields_.back().second += ' ';
        fields_.back().second += Trimmed(line);
        continue;
      }
      const size_t colon = line.find(':');
      if (colon == std::string_view::npos || fields_.size() >= kMaxFields) continue;
      fields_.emplace_back(Trimmed(line.substr(0, colon)), Trimmed(line.substr(colon + 1)));
    }
  }

  // "" where there is none.
  std::string_view Get(std::string_view name) const {
    for (const auto& [key, value] : fields_) {
      if (SameWord(key, name)) return value;
    }
    return {};
  }

 private:
  std::vector<std::pair<std::string_view, std::string>> fields_;
};

// "multipart/report" of "multipart/report; boundary=x".
std::string_view TypeOf(std::string_view content_type) {
  return Trimmed(content_type.substr(0, content_type.find(';')));
}

// The value of boundary=x or boundary="x y".
std::string_view BoundaryOf(std::string_view content_type) {
  constexpr std::string_view kName = "boundary=";
  const auto found = std::search(content_type.begin(), content_type.end(), kName.begin(), kName.end(),
                                 [](char a, char b) { return Lower(a) == b; });
  if (found == content_type.end()) return {};
  std::string_view value = content_type.substr(static_cast<size_t>(found - content_type.begin()));
  value.remove_prefix(kName.size());
  if (!value.empty() && value.front() == '"') return value.substr(1, value.find('"', 1) - 1);
  return Trimmed(value.substr(0, value.find(';')));
}

// The parts between the boundary's lines.
std::vector<std::string_view> PartsOf(std::string_view body, std::string_view boundary) {
  const std::string mark = "--" + std::string(boundary);
  std::vector<std::string_view> parts;
  const char* begin = nullptr;
  for (Lines lines(body); !lines.done();) {
    const std::string_view line = lines.Take();
    if (!line.starts_with(mark)) continue;
    if (begin != nullptr) parts.emplace_back(begin, static_cast<size_t>(line.data() - begin));
    begin = lines.rest().data();
    if (line.substr(mark.size()).starts_with("--") || parts.size() >= kMaxFields) return parts;
  }
  // Cut off: what there is.
  if (begin != nullptr && begin < body.data() + body.size()) {
    parts.emplace_back(begin, static_cast<size_t>(body.data() + body.size() - begin));
  }
  return parts;
}

// "smtp; 550 5.1.1 No such user" → "550 5.1.1 No such user"; "rfc822;ana@…" likewise.
std::string_view WithoutType(std::string_view value) {
  const size_t semicolon = value.find(';');
  return semicolon == std::string_view::npos ? value : Trimmed(value.substr(semicolon + 1));
}

std::optional<MailReport::Action> ActionNamed(std::string_view name) {
  using Action = MailReport::Action;
  constexpr std::pair<std::string_view, Action> kActions[] = {{"failed", Action::kFailed},
                                                              {"delayed", Action::kDelayed},
                                                              {"delivered", Action::kDelivered},
                                                              {"relayed", Action::kRelayed},
                                                              {"expanded", Action::kRelayed}};
  for (const auto& [action, value] : kActions) {
    if (SameWord(action, name)) return value;
  }
  return std::nullopt;
}

// RFC 3464 §2.1: the fields of the mail, an empty line, those of each receiver.
bool ReadStatus(std::string_view text, MailReport& report) {
  Lines lines(text);
  const Fields mail(lines);
  report.envelope_id = DecodeXtext(mail.Get("Original-Envelope-Id"));
  while (!lines.done()) {
    const Fields receiver(lines);
    const auto action = ActionNamed(receiver.Get("Action"));
    if (!action) continue;  // an empty line too many
    report.action = *action;
    const std::string_view status = receiver.Get("Status");
    report.status = std::string(status.substr(0, status.find_first_of(" (")));
    report.diagnostic = OneLine(WithoutType(receiver.Get("Diagnostic-Code")));
    return true;
  }
  return false;
}

// RFC 5965 §3: one block of fields. Other kinds ("not-spam", "virus") say nothing of the receiver's will.
bool ReadComplaint(std::string_view text, MailReport& report) {
  Lines lines(text);
  const Fields fields(lines);
  const std::string_view type = fields.Get("Feedback-Type");
  if (!SameWord(type, "abuse") && !SameWord(type, "fraud")) return false;
  report.action = MailReport::Action::kComplaint;
  report.envelope_id = DecodeXtext(fields.Get("Original-Envelope-Id"));
  report.status = SameWord(type, "abuse") ? "abuse" : "fraud";
  return true;
}

std::string WithoutBrackets(std::string_view id) {
  if (id.starts_with('<')) id.remove_prefix(1);
  return std::string(id.substr(0, id.find('>')));
}

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

std::optional<MailReport> ReadMailReport(std::string_view mail) {
  Lines lines(mail.substr(0, kMaxReportBytes));
  const Fields headers(lines);
  const std::string_view type = headers.Get("Content-Type");
  const std::string_view boundary = BoundaryOf(type);
  if (!SameWord(TypeOf(type), "multipart/report") || boundary.empty()) return std::nullopt;
  MailReport report;
  bool found = false;
  for (const std::string_view part : PartsOf(lines.rest(), boundary)) {
    Lines inner(part);
    const Fields of_part(inner);
    const std::string_view part_type = TypeOf(of_part.Get("Content-Type"));
    if (SameWord(part_type, "message/delivery-status")) {
      found = found || ReadStatus(inner.rest(), report);
    } else if (SameWord(part_type, "message/feedback-report")) {
      found = found || ReadComplaint(inner.rest(), report);
    } else if (SameWord(part_type, "message/rfc822") || SameWord(part_type, "text/rfc822-headers")) {
      const Fields original(inner);
      report.message_id = WithoutBrackets(original.Get("Message-ID"));
    }
  }
  if (!found) return std::nullopt;
  return report;
}

std::string EncodeXtext(std::string_view text) {
  constexpr char kHex[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (c > ' ' && c < 0x7F && c != '+' && c != '=') {
      out += c;
      continue;
    }
    const auto byte = static_cast<unsigned char>(c);
    out += {'+', kHex[byte >> 4], kHex[byte & 15]};
  }
  return out;
}

std::string DecodeXtext(std::string_view xtext) {
  std::string out;
  for (size_t i = 0; i < xtext.size(); ++i) {
    const bool coded =
        xtext[i] == '+' && i + 2 < xtext.size() && HexDigit(xtext[i + 1]) >= 0 && HexDigit(xtext[i + 2]) >= 0;
    if (!coded) {
      out += xtext[i];
      continue;
    }
    out += static_cast<char>(HexDigit(xtext[i + 1]) * 16 + HexDigit(xtext[i + 2]));
    i += 2;
  }
  return out;
}

}  // namespace recado::net
