// How long texts become, and what in them was meant to be filled in.
#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/liquid/extent.h"
#include "core/rule/analysis.h"
#include "core/rule/analysis_condition.h"
#include "core/rule/html_scan.h"

namespace recado::rule {
namespace {

constexpr size_t kEnd = std::string_view::npos;

// --- SMS

Diagnostic TooLong(size_t least, size_t limit) {
  return Diagnostic::Of(DiagnosticCode::text_too_long)
      .With("actual", std::to_string(least))
      .With("limit", std::to_string(limit));
}

void AnalyseReach(const liquid::TemplateExtent& reach, size_t limit, bool truncates, const Judge& judge) {
  const liquid::Extent& extent = reach.extent;
  if (!extent.bounded() || reach.widest.empty()) return;
  if (extent.max_characters > limit) {
    Diagnostic finding = Diagnostic::Of(DiagnosticCode::sms_may_be_too_long)
                             .In(reach.widest_span)
                             .With("name", reach.widest)
                             .With("actual", std::to_string(extent.max_characters))
                             .With("limit", std::to_string(limit));
    if (truncates) finding.severity = Severity::kInfo;
    return judge.Report("/action/text", std::move(finding));
  }
  const liquid::SegmentRange segments = liquid::SegmentsOf(extent);
  if (segments.min >= segments.max || segments.max < 2) return;
  judge.Report("/action/text", Diagnostic::Of(DiagnosticCode::sms_may_need_more_segments)
                                   .In(reach.widest_span)
                                   .With("name", reach.widest)
                                   .With("from", std::to_string(std::max(1U, segments.min)))
                                   .With("to", std::to_string(segments.max)));
}

void AnalyseSms(const CompiledRule& compiled, const std::string& text, const std::string& provider_id,
                const Judge& judge) {
  const crm::Provider* provider = judge.workspace.FindProvider(provider_id);
  const auto limit = static_cast<size_t>(
      provider != nullptr && provider->max_characters ? *provider->max_characters : kMaxSmsCharacters);
  const bool truncates = compiled.rule.over_limit == OverLimit::kTruncate;
  size_t least = LiteralCharacters(text);
  const liquid::Template* program = compiled.Find("/action/text");
  liquid::TemplateExtent reach;
  if (program != nullptr) {
    reach = liquid::MeasureTemplate(*program, judge.variables);
    least = std::max<size_t>(least, reach.extent.min_characters);
  }
  if (least > limit) {
    Diagnostic finding = TooLong(least, limit);
    finding.severity = truncates ? Severity::kWarning : Severity::kError;
    return judge.Report("/action/text", std::move(finding));
  }
  if (program != nullptr) AnalyseReach(reach, limit, truncates, judge);
}

// --- Calls

void AnalyseSpeech(const CompiledRule& compiled, const Say& say, const Judge& judge) {
  const liquid::Template* program = compiled.Find("/action/say/text");
  if (program == nullptr || say.rate <= 0) return;
  const liquid::Extent extent = liquid::MeasureTemplate(*program, judge.variables).extent;
  const auto seconds = [&say](uint64_t characters) {
    return characters * 100 / (uint64_t{kSpokenCharactersASecond} * static_cast<uint64_t>(say.rate));
  };
  const bool certain = seconds(extent.min_characters) > kMaxSpokenSeconds;
  if (!certain && (!extent.bounded() || seconds(extent.max_characters) <= kMaxSpokenSeconds)) return;
  Diagnostic finding =
      Diagnostic::Of(DiagnosticCode::say_too_long)
          .With("seconds", std::to_string(seconds(certain ? extent.min_characters : extent.max_characters)))
          .With("limit", std::to_string(kMaxSpokenSeconds));
  if (!certain) finding.severity = Severity::kInfo;
  judge.Report("/action/say/text", std::move(finding));
}

// --- Placeholders of other systems

bool IsWordCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

// What people write between brackets for something to be filled in; a note like [SALE] is none of these.
constexpr std::array<std::string_view, 34> kFieldWords = {
    "name",  "firstname", "lastname", "vorname",  "nachname", "nombre",  "apellido", "imie",   "nazwisko",
    "nome",  "sobrenome", "first",    "last",     "company",  "firma",   "empresa",  "date",   "datum",
    "fecha", "data",      "link",     "url",      "phone",    "email",   "amount",   "betrag", "importe",
    "kwota", "valor",     "number",   "customer", "kunde",    "cliente", "insert"};

bool NamesAField(std::string_view inside) {
  std::string word;
  bool found = false;
  for (size_t i = 0; i <= inside.size(); ++i) {
    if (i < inside.size() && inside[i] != ' ' && inside[i] != '_' && inside[i] != '-') {
      word += Lower(inside[i]);
      continue;
    }
    found = found || std::find(kFieldWords.begin(), kFieldWords.end(), word) != kFieldWords.end();
    word.clear();
  }
  return found;
}

struct Mark {
  size_t from = 0;
  size_t to = 0;
  std::string_view inside;
};

// A placeholder that begins at `at`; nothing where none does. Looks at some 60 characters at most.
Mark PlaceholderAt(std::string_view text, size_t at) {
  constexpr size_t kLongest = 60;
  const std::string_view rest = text.substr(at, kLongest);
  const auto closed_by = [&](size_t skip, std::string_view close) -> Mark {
    const size_t end = rest.find(close, skip);
    if (end == kEnd || end == skip) return {};
    return {at, at + end + close.size(), rest.substr(skip, end - skip)};
  };
  const auto is_name = [](std::string_view inside, std::string_view also) {
    return inside.size() >= 2 && !(inside[0] >= '0' && inside[0] <= '9') &&
           std::all_of(inside.begin(), inside.end(), [also](char c) {
             return IsWordCharacter(c) || also.find(c) != std::string_view::npos;
           });
  };
  if (rest[0] == '[') {
    const Mark mark = closed_by(1, "]");
    return is_name(mark.inside, " -") && NamesAField(mark.inside) ? mark : Mark{};
  }
  if (rest[0] == '{') {
    Mark mark = closed_by(rest.size() > 1 && rest[1] == '=' ? 2 : 1, "}");
    return is_name(mark.inside, ".: -") ? mark : Mark{};
  }
  if (rest[0] == '*' && rest.starts_with("*|")) {
    const Mark mark = closed_by(2, "|*");
    return is_name(mark.inside, ":") ? mark : Mark{};
  }
  if (rest[0] != '%' || (at > 0 && IsWordCharacter(text[at - 1]))) return {};
  if (rest.starts_with("%%")) {
    const Mark mark = closed_by(2, "%%");
    return is_name(mark.inside, ".") ? mark : Mark{};
  }
  const Mark mark = closed_by(1, "%");
  const bool capitals =
      std::none_of(mark.inside.begin(), mark.inside.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return mark.inside.size() >= 3 && capitals && is_name(mark.inside, "") ? mark : Mark{};
}

// "contact.first_name" for "FIRST NAME" and "contact.first_name"; "" where no field is called that.
std::string FieldMeant(std::string_view inside, const liquid::Type& variables) {
  std::string name;
  for (const char c : inside) name += c == ' ' || c == '-' ? '_' : Lower(c);
  if (name.find('.') != std::string::npos) return FindType(variables, name) != nullptr ? name : std::string();
  for (const liquid::Type::Member& member : variables.members) {
    if (member.name == "client" || member.type.kind != liquid::Type::Kind::kObject) continue;
    for (const std::string& candidate : {name, name == "name" ? std::string("first_name") : name}) {
      std::string path = member.name + "." + candidate;
      if (member.name == "contact" && FindType(variables, path) != nullptr) return path;
    }
  }
  for (const liquid::Type::Member& member : variables.members) {
    std::string path = member.name + "." + name;
    if (member.name != "client" && FindType(variables, path) != nullptr) return path;
  }
  return {};
}

void ReportPlaceholder(std::string_view source, size_t from, size_t to, std::string_view inside,
                       std::string_view path, const Judge& judge) {
  Diagnostic finding = Diagnostic::Of(DiagnosticCode::unrendered_placeholder)
                           .In(LocateSpan(source, from, to))
                           .With("placeholder", std::string(source.substr(from, to - from)));
  const std::string field = FieldMeant(inside, judge.variables);
  if (!field.empty()) {
    const std::string mended = "{{ " + field + " }}";
    finding = std::move(finding).With("suggestion", mended).Fixed(mended);
  }
  judge.Report(path, std::move(finding));
}

// {{{ name }}}: other systems' way to print without escaping; here it does not compile.
void FindTripleBraces(std::string_view source, std::string_view path, const Judge& judge) {
  size_t reported = 0;
  for (size_t at = source.find("{{{"); at != kEnd && reported < kMaxTextFindings; ++reported) {
    const size_t close = source.find("}}}", at);
    if (close == kEnd) return;
    std::string_view inside = source.substr(at + 3, close - at - 3);
    while (!inside.empty() && inside.front() == ' ') inside.remove_prefix(1);
    while (!inside.empty() && inside.back() == ' ') inside.remove_suffix(1);
    ReportPlaceholder(source, at, close + 3, inside, path, judge);
    at = source.find("{{{", close + 3);
  }
}

void FindPlaceholdersIn(std::string_view source, std::string_view path, const Judge& judge) {
  FindTripleBraces(source, path, judge);
  LiteralScanner scanner(source);
  for (std::string_view literal; scanner.Next(literal);) {
    FindPlaceholders(source, static_cast<size_t>(literal.data() - source.data()), literal, path, judge);
  }
}

struct Analyser {
  const CompiledRule& compiled;
  const Judge& judge;

  void operator()(const SendSms& sms) const {
    AnalyseSms(compiled, sms.text, sms.provider, judge);
    FindPlaceholdersIn(sms.text, "/action/text", judge);
  }
  void operator()(const InviteToMessenger& invite) const {
    AnalyseSms(compiled, invite.text, invite.provider, judge);
    FindPlaceholdersIn(invite.text, "/action/text", judge);
  }
  void operator()(const MakeCall& call) const {
    if (!call.say) return;
    AnalyseSpeech(compiled, *call.say, judge);
    FindPlaceholdersIn(call.say->text, "/action/say/text", judge);
  }
  void operator()(const SendChatMessage& chat) const { FindPlaceholdersIn(chat.text, "/action/text", judge); }
  void operator()(const SendWhatsApp& whatsapp) const {
    for (const auto& [name, text] : whatsapp.parameters)
      FindPlaceholdersIn(text, Child("/action/parameters", name), judge);
  }
  void operator()(const SendEmail& email) const {
    FindPlaceholdersIn(email.subject, "/action/subject", judge);
    if (email.text) FindPlaceholdersIn(*email.text, "/action/text", judge);
    if (email.html) FindTripleBraces(*email.html, "/action/html", judge);
    AnalyseEmail(compiled, email, judge);
  }
};

}  // namespace

void FindPlaceholders(std::string_view source, size_t offset, std::string_view literal, std::string_view path,
                      const Judge& judge) {
  size_t reported = 0;
  for (size_t at = literal.find_first_of("[{%*"); at != kEnd && reported < kMaxTextFindings;) {
    const Mark mark = PlaceholderAt(literal, at);
    if (mark.to > 0) {
      ReportPlaceholder(source, offset + mark.from, offset + mark.to, mark.inside, path, judge);
      ++reported;
    }
    at = literal.find_first_of("[{%*", mark.to > 0 ? mark.to : at + 1);
  }
}

void AnalyseTexts(const CompiledRule& compiled, const Judge& judge) {
  std::visit(Analyser{compiled, judge}, compiled.rule.action);
}

}  // namespace recado::rule
