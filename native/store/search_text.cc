#include "native/store/search_text.h"

#include <algorithm>
#include <array>
#include <utility>

namespace recado::store {
namespace {

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}

bool IsWordByte(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 128;
}

std::string DigitsOf(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (IsDigit(c)) digits += c;
  }
  return digits;
}

// Lines of one delivery, up to the bound; a character is never cut in two.
class Lines {
 public:
  void Add(std::string_view line) {
    if (line.empty() || text_.size() >= kMaxSearchText) return;
    size_t size = std::min(line.size(), kMaxSearchText - text_.size());
    while (size < line.size() && size > 0 && (static_cast<unsigned char>(line[size]) & 0xC0) == 0x80) --size;
    text_.append(line.substr(0, size)) += '\n';
  }
  void AddMember(const Json& object, const char* name) {
    if (!object.is_object()) return;
    const auto member = object.find(name);
    if (member != object.end() && member->is_string()) Add(member->get_ref<const std::string&>());
  }
  // Every text inside, at any depth; without recursion.
  void AddTexts(const Json& json) {
    std::vector<const Json*> open = {&json};
    while (!open.empty() && text_.size() < kMaxSearchText) {
      const Json& value = *open.back();
      open.pop_back();
      if (value.is_string()) Add(value.get_ref<const std::string&>());
      if (!value.is_structured()) continue;
      const size_t first = open.size();
      for (const Json& child : value) open.push_back(&child);
      std::reverse(open.begin() + static_cast<std::ptrdiff_t>(first), open.end());
    }
  }
  // A number is looked for with and without its country, its area, its zero: every end of it is a word, so
  // the beginning of a word is any run of its digits.
  void AddPhone(std::string_view address) {
    if (!address.starts_with('+')) return;
    const std::string digits = DigitsOf(address);
    for (size_t from = 0; from + kLeastPhoneDigits <= digits.size(); ++from)
      Add(std::string_view(digits).substr(from));
  }
  std::string Take() { return std::move(text_); }

 private:
  std::string text_;
};

const Json& MemberOf(const Json& object, const char* name) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto member = object.find(name);
  return member == object.end() ? kNothing : *member;
}

void AddContent(Lines& lines, const Json& content) {
  if (!content.is_object()) return;
  lines.AddMember(content, "subject");
  if (content.contains("text")) {
    lines.AddMember(content, "text");
  } else if (const Json& html = MemberOf(content, "html"); html.is_string()) {
    lines.Add(WordsOfHtml(html.get_ref<const std::string&>()));
  }
  for (const char* name : {"say", "play", "template", "parameters", "from"}) {
    lines.AddTexts(MemberOf(content, name));
  }
}

// The name of the customer that the delivery is for: other people of the record are not in it.
void AddCustomer(Lines& lines, const Json& snapshot, std::string_view customer) {
  const size_t colon = customer.find(':');
  if (colon == std::string_view::npos) return;
  const std::string id(customer.substr(colon + 1));
  lines.Add(id);
  const auto add = [&](const Json& card) {
    if (!card.is_object() || MemberOf(card, "id") != id) return;
    for (const char* name : {"first_name", "last_name", "name"}) lines.AddMember(card, name);
  };
  const Json& contacts = MemberOf(snapshot, "contacts");
  if (contacts.is_array()) {
    for (const Json& card : contacts) add(card);
  }
  for (const char* name : {"company", "lead"}) add(MemberOf(snapshot, name));
}

void AddRecord(Lines& lines, const Json& snapshot, std::string_view entity_id) {
  if (!snapshot.is_object()) return;
  for (const auto& member : snapshot.items()) {
    const Json& record = member.value();
    if (!record.is_object() || MemberOf(record, "id") != std::string(entity_id)) continue;
    for (const char* name : {"title", "number"}) lines.AddMember(record, name);
  }
}

constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kEntities = {
    {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}, {"&nbsp;", " "}}};

bool StartsWithTag(std::string_view html, std::string_view tag) {
  if (html.size() <= tag.size() || html[0] != '<') return false;
  for (size_t i = 0; i < tag.size(); ++i) {
    if ((html[i + 1] | 0x20) != tag[i]) return false;
  }
  return true;
}

// Where what begins with this tag ends.
size_t EndOfTag(std::string_view html, size_t at) {
  const std::string_view rest = html.substr(at);
  std::string_view end = ">";
  if (rest.starts_with("<!--")) end = "-->";
  if (StartsWithTag(rest, "script")) end = "</script>";
  if (StartsWithTag(rest, "style")) end = "</style>";
  const size_t found = html.find(end, at);
  return found == std::string_view::npos ? html.size() : found + end.size();
}

std::string Quoted(std::string_view word) {
  std::string out = "\"";
  for (const char c : word) out.append(c == '"' ? 2u : 1u, c);
  return out + "\"*";
}

}  // namespace

std::string WordsOfHtml(std::string_view html) {
  std::string text;
  for (size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      i = EndOfTag(html, i);
      text += ' ';
      continue;
    }
    const auto entity = std::find_if(kEntities.begin(), kEntities.end(), [&](const auto& pair) {
      return html.substr(i).starts_with(pair.first);
    });
    if (entity != kEntities.end()) {
      text += entity->second;
      i += entity->first.size();
      continue;
    }
    text += html[i++];
  }
  return text;
}

std::string SearchText(const SearchSource& source) {
  Lines lines;
  for (const std::string& one : {source.key, source.rule_id, source.rule_name, source.provider,
                                 source.channel, source.entity_id, source.reason, source.reference}) {
    lines.Add(one);
  }
  lines.Add(source.address);
  lines.AddPhone(source.address);
  const Json& wire = MemberOf(source.message, "wire");
  lines.AddMember(wire, "client_name");
  AddCustomer(lines, source.snapshot, source.customer);
  AddRecord(lines, source.snapshot, source.entity_id);
  lines.AddMember(source.reason_json, "message");
  AddContent(lines, MemberOf(source.message, "content"));
  return lines.Take();
}

std::string SearchExpression(std::string_view typed) {
  typed = typed.substr(0, kMaxSearchQuery);
  // A character that the bound cuts in two is left out.
  while (!typed.empty() && typed.size() == kMaxSearchQuery &&
         static_cast<unsigned char>(typed.back()) >= 128) {
    typed.remove_suffix(1);
  }
  std::string words;
  size_t count = 0;
  for (size_t at = 0; at < typed.size() && count < kMaxSearchWords;) {
    const size_t end = std::min(typed.find_first_of(" \t\r\n", at), typed.size());
    const std::string_view word = typed.substr(at, end - at);
    at = end + 1;
    if (std::none_of(word.begin(), word.end(), IsWordByte)) continue;
    if (count++ > 0) words += " AND ";
    words += Quoted(word);
  }
  const bool phone = !typed.empty() && typed.find_first_not_of("0123456789 ()+-./") == std::string_view::npos;
  std::string digits = phone ? DigitsOf(typed) : std::string();
  digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size()));
  if (digits.size() < kLeastPhoneDigits || Quoted(digits) == words) return words;
  return "(" + words + ") OR " + Quoted(digits);
}

}  // namespace recado::store
