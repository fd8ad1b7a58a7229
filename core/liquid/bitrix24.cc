#include "core/liquid/bitrix24.h"

#include <algorithm>

#include "core/base/limits.h"
#include "core/base/utf8.h"
#include "core/liquid/bitrix24_writer.h"
#include "core/liquid/check.h"
#include "core/liquid/number.h"
#include "core/text/case.h"

namespace recado::liquid::bitrix24 {
namespace {

std::string Capitals(std::string_view code) {
  std::string out(code);
  for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return out;
}

// Case folded, with single spaces and none around a colon.
std::string TitleKey(std::string_view title) {
  std::string squeezed;
  for (const char c : title) {
    const bool space = IsSpace(c);
    if (space && (squeezed.empty() || squeezed.back() == ' ' || squeezed.back() == ':')) continue;
    if (c == ':' && !squeezed.empty() && squeezed.back() == ' ') squeezed.pop_back();
    squeezed.push_back(space ? ' ' : c);
  }
  while (!squeezed.empty() && squeezed.back() == ' ') squeezed.pop_back();
  return text::FoldCase(squeezed);
}

template <class Map>
std::string NearestIn(const Map& entries, const std::string& key) {
  std::vector<std::string_view> keys;
  keys.reserve(entries.size());
  for (const auto& [name, entry] : entries) keys.push_back(name);
  const auto found = entries.find(NearestName(key, keys));
  return found == entries.end() ? "" : found->second.spelling;
}

// One walk over the text.
class Conversion {
 public:
  Conversion(std::string_view text, const Names& names, bool bare_amounts)
      : text_(text), writer_(text, names, bare_amounts, found_) {}

  void Run() {
    if (text_.size() > 1 && text_[0] == '=' && text_[1] != '=') return Whole();
    size_t at = 0;
    while (const auto form = NextForm(text_, at)) {
      if (found_.size() >= kMaxTemplateFaults) {
        const SourceRange range = {static_cast<uint32_t>(form->from), static_cast<uint32_t>(form->to)};
        found_.push_back({Diagnostic::Of(DiagnosticCode::too_many_faults)
                              .With("limit", std::to_string(kMaxTemplateFaults)),
                          range});
        break;
      }
      if (form->kind == Form::Kind::kUnclosed) {
        Unclosed(*form);
        break;
      }
      Put(*form, at);
      at = form->to;
    }
    out_ += Protected(text_.substr(at), false);
  }

  bool repeats_currency() const { return writer_.printed_amount() && writer_.printed_currency(); }

  Converted Finish() {
    Converted converted;
    if (out_.size() > kMaxTemplateBytes) {
      found_.push_back({Diagnostic::Of(DiagnosticCode::template_too_large)
                            .With("limit", std::to_string(kMaxTemplateBytes)),
                        {0, static_cast<uint32_t>(text_.size())}});
      out_.clear();
    }
    converted.text = std::move(out_);
    Locate(text_, std::move(found_), converted.diagnostics);
    return converted;
  }

 private:
  // Nothing behind it can be told apart any more.
  void Unclosed(const Form& form) {
    for (const Token& token : form.expression.tokens) {
      if (token.kind != TokenKind::kUnclosedText) continue;
      found_.push_back(
          {Diagnostic::Of(DiagnosticCode::unclosed_quote), {token.range.from, token.range.from + 1}});
      return;
    }
    const auto from = static_cast<uint32_t>(form.from);
    found_.push_back(
        {Diagnostic::Of(DiagnosticCode::unclosed_placeholder).With("opening", "{{=").With("closing", "}}"),
         {from, from + 3}});
  }

  // The text before a form, then what became of the form.
  void Put(const Form& form, size_t at) {
    const SourceRange range = {static_cast<uint32_t>(form.from), static_cast<uint32_t>(form.to)};
    const auto written = form.kind == Form::Kind::kReference
                             ? writer_.Write(form.reference, range)
                             : writer_.Write(ParseExpression(text_, form.expression.tokens));
    if (!written) {
      out_ += Protected(text_.substr(at, form.to - at), true);
      return;
    }
    out_ += Protected(text_.substr(at, form.from - at), true);
    out_ += *written;
  }

  // The whole parameter is one expression. Spaces at its end (the newline of a file) stay.
  void Whole() {
    const size_t end = text_.find_last_not_of(" \t\r\n\v\f") + 1;
    const Expression expression = ReadExpression(text_.substr(0, end), 1, false);
    const auto written = writer_.Write(ParseExpression(text_, expression.tokens));
    out_ = written ? *written : Protected(text_.substr(0, end), true);
    out_ += text_.substr(end);
  }

  std::string_view text_;
  std::vector<Found> found_;
  Writer writer_;
  std::string out_;
};

}  // namespace

void Names::AddCode(std::string_view code, const Field& field) {
  codes_.try_emplace(Capitals(code), Entry{std::string(code), field});
}

void Names::AddTitle(std::string_view title, const Field& field) {
  if (!title.empty()) titles_.try_emplace(TitleKey(title), Entry{std::string(title), field});
}

void Names::AddVariable(std::string_view name) {
  while (name.substr(0, helper_prefix_.size()) == helper_prefix_) helper_prefix_ += "x_";
}

const Field* Names::ByCode(std::string_view code, Field& made) const {
  const std::string key = Capitals(code);
  if (const auto found = codes_.find(key); found != codes_.end()) return &found->second.field;
  const bool custom = key.substr(0, 3) == "UF_" && key.find('.') == std::string::npos;
  if (open_.empty() || !custom) return nullptr;
  for (const char c : key) {
    if (!(c == '_' || IsDigit(c) || (c >= 'A' && c <= 'Z'))) return nullptr;
  }
  made = Field();
  made.path = open_ + ".";
  for (const char c : key) made.path.push_back(c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
  made.declared = false;
  return &made;
}

const Field* Names::ByTitle(std::string_view title) const {
  const auto found = titles_.find(TitleKey(title));
  return found == titles_.end() ? nullptr : &found->second.field;
}

std::string Names::NearestCode(std::string_view code) const {
  return NearestIn(codes_, Capitals(code));
}

std::string Names::NearestTitle(std::string_view title) const {
  return NearestIn(titles_, TitleKey(title));
}

Converted FromBitrix24(std::string_view text, const Names& names) {
  Converted refused;
  if (text.size() > kMaxTemplateBytes) {
    refused.diagnostics = {Diagnostic::Of(DiagnosticCode::template_too_large)
                               .With("limit", std::to_string(kMaxTemplateBytes))
                               .In(LocateSpan(text, 0, text.size()))};
    return refused;
  }
  if (const auto offset = utf8::FindInvalid(text)) {
    refused.diagnostics = {Diagnostic::Of(DiagnosticCode::invalid_utf8)
                               .With("offset", std::to_string(*offset))
                               .In(LocateSpan(text, *offset, *offset + 1))};
    return refused;
  }
  Conversion conversion(text, names, false);
  conversion.Run();
  if (!conversion.repeats_currency()) return conversion.Finish();
  // "1299.00 EUR": the text prints the currency itself, so the amounts must come without.
  Conversion bare(text, names, true);
  bare.Run();
  return bare.Finish();
}

std::optional<Field> FieldAlone(std::string_view text, const Names& names) {
  Reference reference;
  if (text.empty() || ReadReference(text, 0, reference) != text.size()) return std::nullopt;
  Field made;
  const Field* field = reference.prefix.empty()         ? names.ByTitle(reference.name)
                       : reference.prefix == "Document" ? names.ByCode(reference.name, made)
                                                        : nullptr;
  return field == nullptr ? std::nullopt : std::optional(*field);
}

}  // namespace recado::liquid::bitrix24
