#include "core/rule/html_scan.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"

namespace recado::rule {
namespace {

constexpr size_t kEnd = std::string_view::npos;

bool IsSpace(char c) {
  return c == ' ' || (c >= '\t' && c <= '\r');
}

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::string Lowered(std::string_view text) {
  std::string lowered(text);
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), Lower);
  return lowered;
}

// Where `mark` stands at or behind `at`, case ignored; the mark is short and its first byte is rare.
size_t FindIgnoringCase(std::string_view text, std::string_view mark, size_t at) {
  for (at = text.find(mark[0], at); at != kEnd; at = text.find(mark[0], at + 1)) {
    if (text.size() - at < mark.size()) return kEnd;
    size_t i = 1;
    while (i < mark.size() && Lower(text[at + i]) == mark[i]) ++i;
    if (i == mark.size()) return at;
  }
  return kEnd;
}

// The word of a Liquid tag: "raw" in "{%- raw %}".
std::string_view TagWord(std::string_view source, size_t open) {
  size_t from = open + 2;
  if (from < source.size() && source[from] == '-') ++from;
  while (from < source.size() && IsSpace(source[from])) ++from;
  size_t to = from;
  while (to < source.size() && IsLetter(source[to])) ++to;
  return source.substr(from, to - from);
}

}  // namespace

const HtmlScanner::Attribute* HtmlScanner::Find(std::string_view name) const {
  for (const Attribute& attribute : attributes_) {
    if (attribute.name == name) return &attribute;
  }
  return nullptr;
}

// Behind the Liquid part that begins at `at`, or `at` itself where none does. An unclosed one ends the html.
size_t HtmlScanner::SkipLiquid(size_t at) const {
  if (html_[at] != '{' || at + 1 >= html_.size()) return at;
  const bool output = html_[at + 1] == '{';
  if (!output && html_[at + 1] != '%') return at;
  size_t& none = output ? no_output_end_ : no_tag_end_;
  if (none != kEnd && at >= none) return at;
  const size_t close = html_.find(output ? "}}" : "%}", at + 2);
  if (close != kEnd) return close + 2;
  none = at;
  return at;
}

bool HtmlScanner::StartsTag(size_t at) const {
  if (html_[at] != '<' || at + 1 >= html_.size()) return false;
  const char next = html_[at + 1];
  return IsLetter(next) || next == '!' || next == '?' ||
         (next == '/' && at + 2 < html_.size() && IsLetter(html_[at + 2]));
}

bool HtmlScanner::Next() {
  while (at_ < html_.size()) {
    if (StartsTag(at_)) {
      if (SkipComment()) continue;
      ReadTag();
      return true;
    }
    const size_t from = at_;
    do {
      const size_t behind = SkipLiquid(at_);
      at_ = behind == at_ ? at_ + 1 : behind;
    } while (at_ < html_.size() && !StartsTag(at_));
    is_text_ = true;
    whole_ = html_.substr(from, at_ - from);
    return true;
  }
  return false;
}

// Comments, doctypes and processing instructions, over which nothing is said.
bool HtmlScanner::SkipComment() {
  if (html_[at_ + 1] != '!' && html_[at_ + 1] != '?') return false;
  const bool comment = html_.substr(at_, 4) == "<!--";
  if (comment && no_comment_end_) {
    at_ = html_.size();
    return true;
  }
  const size_t close = html_.find(comment ? "-->" : ">", at_ + 2);
  no_comment_end_ = comment && close == kEnd;
  at_ = close == kEnd ? html_.size() : close + (comment ? 3 : 1);
  return true;
}

void HtmlScanner::SkipSpace() {
  while (at_ < html_.size() && (IsSpace(html_[at_]) || html_[at_] == '/')) ++at_;
}

void HtmlScanner::ReadTag() {
  const size_t from = at_;
  is_text_ = false;
  attributes_.clear();
  size_t end = at_ + 2;
  while (end < html_.size() && !IsSpace(html_[end]) && html_[end] != '>' && html_[end] != '/' &&
         html_[end] != '{') {
    ++end;
  }
  name_ = Lowered(html_.substr(at_ + 1, end - at_ - 1));
  at_ = end;
  while (ReadAttribute()) {
  }
  if (at_ < html_.size()) ++at_;  // >
  whole_ = html_.substr(from, at_ - from);
  if (name_ == "script" || name_ == "style") SkipRaw();
}

// One attribute, or a Liquid part among them; false at the end of the tag.
bool HtmlScanner::ReadAttribute() {
  SkipSpace();
  if (at_ >= html_.size() || html_[at_] == '>') return false;
  if (const size_t behind = SkipLiquid(at_); behind != at_) {
    at_ = behind;
    return true;
  }
  const size_t from = at_++;
  while (at_ < html_.size() && !IsSpace(html_[at_]) && html_[at_] != '=' && html_[at_] != '>' &&
         html_[at_] != '/' && SkipLiquid(at_) == at_) {
    ++at_;
  }
  const std::string_view name = html_.substr(from, at_ - from);
  while (at_ < html_.size() && IsSpace(html_[at_])) ++at_;
  std::string_view value;
  if (at_ < html_.size() && html_[at_] == '=') {
    ++at_;
    while (at_ < html_.size() && IsSpace(html_[at_])) ++at_;
    const char quote = at_ < html_.size() && (html_[at_] == '"' || html_[at_] == '\'') ? html_[at_] : '\0';
    if (quote != '\0') ++at_;
    const size_t start = at_;
    while (at_ < html_.size() &&
           (quote != '\0' ? html_[at_] != quote : !IsSpace(html_[at_]) && html_[at_] != '>')) {
      const size_t behind = SkipLiquid(at_);
      at_ = behind == at_ ? at_ + 1 : behind;
    }
    value = html_.substr(start, at_ - start);
    if (quote != '\0' && at_ < html_.size()) ++at_;
  }
  if (attributes_.size() < kMaxHtmlAttributes) attributes_.push_back({Lowered(name), value});
  return true;
}

// What stands inside script and style.
void HtmlScanner::SkipRaw() {
  const std::string close = "</" + name_;
  const size_t end = FindIgnoringCase(html_, close, at_);
  at_ = end == kEnd ? html_.size() : end;
}

bool LiteralScanner::Next(std::string_view& literal) {
  constexpr std::array<std::string_view, 3> kSilent = {"comment", "doc", "raw"};
  while (at_ < source_.size()) {
    size_t open = at_;
    for (open = source_.find('{', open); open != kEnd; open = source_.find('{', open + 1)) {
      if (open + 1 < source_.size() && (source_[open + 1] == '%' || source_[open + 1] == '{')) break;
    }
    if (open != at_) {
      literal = source_.substr(at_, open == kEnd ? kEnd : open - at_);
      at_ = open == kEnd ? source_.size() : open;
      return true;
    }
    const bool tag = source_[open + 1] == '%';
    const std::string_view word = tag ? TagWord(source_, open) : std::string_view();
    const size_t close = source_.find(tag ? "%}" : "}}", open + 2);
    at_ = close == kEnd ? source_.size() : close + 2;
    if (std::find(kSilent.begin(), kSilent.end(), word) == kSilent.end() || close == kEnd) continue;
    size_t end = source_.find("{%", at_);
    while (end != kEnd && TagWord(source_, end) != "end" + std::string(word))
      end = source_.find("{%", end + 2);
    at_ = end == kEnd ? source_.size() : end;
  }
  return false;
}

}  // namespace recado::rule
