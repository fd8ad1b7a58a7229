// What mail programs and spam filters hold against an e-mail.
#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/liquid/extent.h"
#include "core/rule/analysis.h"
#include "core/rule/html_scan.h"
#include "core/text/case.h"

namespace recado::rule {
namespace {

constexpr size_t kEnd = std::string_view::npos;

std::string_view Trimmed(std::string_view text) {
  const size_t from = text.find_first_not_of(" \t\r\n");
  return from == kEnd ? std::string_view() : text.substr(from, text.find_last_not_of(" \t\r\n") - from + 1);
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  for (char& c : lowered) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  return lowered;
}

// --- Subject

// Enough letters to be more than an abbreviation, and none of them small.
bool IsShouted(const std::string& literal) {
  constexpr size_t kShortestShout = 8;
  const auto letters = static_cast<size_t>(std::count_if(literal.begin(), literal.end(), [](char c) {
    return (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0xC3;
  }));
  return letters >= kShortestShout && text::ToUpper(literal) == literal && text::ToLower(literal) != literal;
}

void AnalyseSubject(const CompiledRule& compiled, const std::string& subject, const Judge& judge) {
  constexpr std::string_view kPath = "/action/subject";
  const liquid::Template* program = compiled.Find(kPath);
  if (program == nullptr) return;
  std::string literal;
  LiteralScanner scanner(subject);
  for (std::string_view part; scanner.Next(part);) literal += part;
  const liquid::Extent extent = liquid::MeasureTemplate(*program, judge.variables).extent;
  const bool says_nothing = extent.max_characters == 0 || Trimmed(subject).empty();
  if (says_nothing && !subject.empty()) judge.Report(kPath, Diagnostic::Of(DiagnosticCode::subject_empty));
  if (extent.min_characters > kMaxSubjectCharacters) {
    judge.Report(kPath, Diagnostic::Of(DiagnosticCode::subject_long)
                            .With("actual", std::to_string(extent.min_characters))
                            .With("limit", std::to_string(kMaxSubjectCharacters)));
  }
  if (IsShouted(literal)) judge.Report(kPath, Diagnostic::Of(DiagnosticCode::subject_all_caps));
}

// --- Links

// What may stand before a link's colon and needs no encryption.
constexpr std::array<std::string_view, 6> kHarmless = {"https", "mailto", "tel", "sms", "cid", "data"};

enum class Link : uint8_t { kGood, kNotHttps, kScript };

// Judged by what stands before the first placeholder; a link that begins with one cannot be judged.
Link JudgeLink(std::string_view value) {
  value = Trimmed(value);
  if (value.empty() || value.front() == '#' || value.starts_with("{{") || value.starts_with("{%"))
    return Link::kGood;
  const size_t end = value.find_first_of(":/?#{");
  if (end == kEnd || value[end] != ':') return Link::kNotHttps;  // leads nowhere outside of a web page
  const std::string scheme = Lowered(value.substr(0, end));
  if (scheme == "javascript" || scheme == "vbscript") return Link::kScript;
  return std::find(kHarmless.begin(), kHarmless.end(), scheme) != kHarmless.end() ? Link::kGood
                                                                                  : Link::kNotHttps;
}

Diagnostic NotHttps(std::string_view source, size_t from, std::string_view value) {
  Diagnostic finding = Diagnostic::Of(DiagnosticCode::link_not_https)
                           .In(LocateSpan(source, from, from + value.size()))
                           .With("value", std::string(value));
  const std::string lowered = Lowered(value.substr(0, 7));
  if (lowered == "http://") return std::move(finding).Fixed("https://" + std::string(value.substr(7)));
  if (lowered.starts_with("www.")) return std::move(finding).Fixed("https://" + std::string(value));
  return finding;
}

// "http://" in what is printed as it stands; the link ends at a blank, quote or bracket.
void FindLinksIn(std::string_view source, std::string_view path, const Judge& judge) {
  size_t reported = 0;
  LiteralScanner scanner(source);
  for (std::string_view literal; scanner.Next(literal);) {
    for (size_t at = literal.find("http://"); at != kEnd && reported < kMaxTextFindings; ++reported) {
      const size_t end = std::min(literal.find_first_of(" \t\r\n\"'<>()", at), literal.size());
      const size_t offset = static_cast<size_t>(literal.data() - source.data()) + at;
      judge.Report(path, NotHttps(source, offset, literal.substr(at, end - at)));
      at = literal.find("http://", end);
    }
  }
}

// --- Html

constexpr std::array<std::string_view, 6> kUnsafeTags = {"script", "iframe", "object",
                                                         "embed",  "form",   "applet"};
constexpr std::array<std::string_view, 4> kShownAttributes = {"alt", "href", "src", "title"};

class HtmlCheck {
 public:
  HtmlCheck(std::string_view html, const Judge& judge) : html_(html), judge_(judge), scanner_(html) {}

  void Run() {
    while (scanner_.Next()) {
      if (scanner_.is_text()) {
        Placeholders(scanner_.text());
      } else if (scanner_.name().front() != '/') {
        Tag();
      }
    }
  }

 private:
  bool MayReport() { return reported_++ < kMaxTextFindings; }

  Diagnostic Of(DiagnosticCode code, std::string_view piece) const {
    const size_t from = scanner_.OffsetOf(piece);
    return Diagnostic::Of(code).In(LocateSpan(html_, from, from + piece.size()));
  }

  void Unsafe(std::string name, std::string_view piece, bool runs) {
    if (!MayReport()) return;
    Diagnostic finding = Of(DiagnosticCode::email_unsafe_html, piece).With("name", std::move(name));
    if (runs) finding.severity = Severity::kError;
    judge_.Report(kPath, std::move(finding));
  }

  void Tag() {
    const std::string& name = scanner_.name();
    if (std::find(kUnsafeTags.begin(), kUnsafeTags.end(), name) != kUnsafeTags.end())
      Unsafe("<" + name + ">", scanner_.whole(), name == "script");
    if (name == "img" && scanner_.Find("alt") == nullptr && MayReport())
      judge_.Report(kPath, Of(DiagnosticCode::image_without_alt, scanner_.whole()));
    for (const HtmlScanner::Attribute& attribute : scanner_.attributes()) {
      if (attribute.name.starts_with("on") && attribute.name.size() > 4)
        Unsafe(attribute.name, attribute.value, false);
      if (attribute.name == "href" || attribute.name == "src") Target(attribute.value);
      if (std::find(kShownAttributes.begin(), kShownAttributes.end(), attribute.name) !=
          kShownAttributes.end()) {
        Placeholders(attribute.value);
      }
    }
  }

  void Target(std::string_view value) {
    const Link link = JudgeLink(value);
    if (link == Link::kScript) return Unsafe("javascript:", value, true);
    if (link == Link::kNotHttps && MayReport())
      judge_.Report(kPath, NotHttps(html_, scanner_.OffsetOf(value), value));
  }

  void Placeholders(std::string_view piece) {
    const size_t offset = scanner_.OffsetOf(piece);
    LiteralScanner literals(piece);
    for (std::string_view literal; literals.Next(literal);) {
      const auto within = static_cast<size_t>(literal.data() - piece.data());
      FindPlaceholders(html_, offset + within, literal, kPath, judge_);
    }
  }

  static constexpr std::string_view kPath = "/action/html";
  std::string_view html_;
  const Judge& judge_;
  HtmlScanner scanner_;
  size_t reported_ = 0;
};

void AnalyseSize(const CompiledRule& compiled, const Judge& judge) {
  const liquid::Template* program = compiled.Find("/action/html");
  if (program == nullptr) return;
  const liquid::Extent extent = liquid::MeasureTemplate(*program, judge.variables, {.html = true}).extent;
  const uint32_t most = extent.bounded() ? extent.max_characters : extent.min_characters;
  if (most <= kMaxUnclippedBytes) return;
  judge.Report("/action/html", Diagnostic::Of(DiagnosticCode::email_may_be_clipped)
                                   .With("actual", std::to_string(most))
                                   .With("limit", std::to_string(kMaxUnclippedBytes)));
}

// Words by which readers find the way out, in the languages of the catalogue.
bool OffersWayOut(std::string_view text) {
  constexpr std::array<std::string_view, 12> kWords = {
      "unsubscribe", "opt out", "opt-out", "abmelden",   "abbestellen",  "darse de baja",
      "dar de baja", "wypisz",  "wypisa",  "rezygnacja", "descadastrar", "cancelar a inscri"};
  const std::string lowered = Lowered(text);
  return std::any_of(kWords.begin(), kWords.end(),
                     [&lowered](std::string_view word) { return lowered.find(word) != std::string::npos; });
}

}  // namespace

void AnalyseEmail(const CompiledRule& compiled, const SendEmail& email, const Judge& judge) {
  AnalyseSubject(compiled, email.subject, judge);
  if (email.html) {
    HtmlCheck(*email.html, judge).Run();
    AnalyseSize(compiled, judge);
    if (!email.text && !Trimmed(*email.html).empty())
      judge.Report("/action", Diagnostic::Of(DiagnosticCode::email_without_text));
  }
  if (email.text) FindLinksIn(*email.text, "/action/text", judge);
  const bool way_out = (email.html && OffersWayOut(*email.html)) || (email.text && OffersWayOut(*email.text));
  if (!compiled.rule.transactional && !way_out)
    judge.Report("/action", Diagnostic::Of(DiagnosticCode::email_without_unsubscribe));
}

}  // namespace recado::rule
