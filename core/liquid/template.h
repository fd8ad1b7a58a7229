// Template: a Liquid text compiled once into a flat program and rendered many times.
//
// The language is Shopify's Liquid 5 with the channel's escaping and ICU filters (money, datetime, …).
// Parsing reports every fault with its place and never stops at the first; a template with faults has no
// program. Rendering is a pure function of the program, the data, the language, the zone and `now`; it
// allocates little but its output and obeys the bounds of limits.h. Nothing here recurses over the template
// or the data.
//
//   ParseResult parsed = Template::Parse("Hi {{ contact.first_name }}");
//   Document data = Document::FromJson(json);
//   Result<std::string> text = parsed.program->Render(data.root(), options);
//
// Threads: a Template and a Document are immutable and may be shared. Ownership: a Template owns a copy of
// its source.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/instant.h"
#include "core/base/limits.h"
#include "core/base/result.h"
#include "core/liquid/value.h"  // Value, Document

namespace recado::liquid {

enum class Escape : uint8_t {
  kNone,  // SMS, chat, plain text
  kHtml,  // e-mail html; the output of `escape` is not escaped again
  kXml,   // call text inside TwiML or SSML
};

class Template;
using TemplatePtr = std::shared_ptr<const Template>;

// Name → template, for the tags render and include.
using Partials = std::map<std::string, TemplatePtr, std::less<>>;

struct RenderOptions {
  std::string_view language = "en";    // BCP 47; must be loaded (language_not_loaded otherwise)
  std::string_view time_zone = "UTC";  // IANA
  std::string_view region;  // ISO 3166, of phone numbers without a country code; "" : none is assumed
  Instant now;
  Escape escape = Escape::kNone;
  bool plain_spaces =
      false;  // what formats numbers and dates writes U+0020 where CLDR has U+00A0 or U+202F (SMS)
  const Partials* partials = nullptr;  // not owned
  // Further variables that go before those of the data ("now", "invite"): an object, or nil.
  Value extra;
  size_t max_steps = kMaxRenderSteps;
  size_t max_output_bytes = kMaxRenderOutputBytes;
};

struct ParseResult {
  TemplatePtr program;      // null where `diagnostics` has errors
  Diagnostics diagnostics;  // spans are offsets in the source; path is empty
};

class Template {
 public:
  // Faults of syntax, unknown tags and filters, bounds.
  static ParseResult Parse(std::string_view source);

  // The text, or the run-time fault (formats §6: wrong number or type of arguments, division by zero, …).
  Result<std::string> Render(const Value& data, const RenderOptions& options) const;
  // As above into a buffer that is cleared first and keeps its memory: the form for many messages. False:
  // `faults` says why.
  bool RenderTo(std::string& out, const Value& data, const RenderOptions& options, Diagnostics& faults) const;

  const std::string& source() const;
  std::string Dump() const;  // the flat program, one instruction a line

  ~Template();
  struct Program;
  explicit Template(std::unique_ptr<Program> program);
  const Program& program() const { return *program_; }

 private:
  std::unique_ptr<Program> program_;
};

}  // namespace recado::liquid
