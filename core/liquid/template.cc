#include "core/liquid/template.h"

#include "core/base/utf8.h"
#include "core/liquid/parser.h"
#include "core/liquid/program.h"
#include "core/liquid/renderer.h"
#include "core/text/data.h"
#include "core/text/time_zone.h"

namespace recado::liquid {
namespace {

Renderer::Scratch& ThreadScratch() {
  thread_local Renderer::Scratch scratch;
  return scratch;
}

// Asked once per language and thread; a language that is loaded stays.
bool CheckPlace(Renderer::Scratch& scratch, const RenderOptions& options, Diagnostics& faults) {
  if (scratch.loaded_language != options.language) {
    if (!text::LanguageLoaded(options.language)) {
      faults.push_back(Diagnostic::Of(DiagnosticCode::language_not_loaded)
                           .With("language", std::string(options.language)));
      return false;
    }
    scratch.loaded_language = options.language;
  }
  if (scratch.known_zone != options.time_zone) {
    if (!text::ZoneExists(options.time_zone)) {
      faults.push_back(
          Diagnostic::Of(DiagnosticCode::unknown_time_zone).With("name", std::string(options.time_zone)));
      return false;
    }
    scratch.known_zone = options.time_zone;
  }
  return true;
}

}  // namespace

Template::Template(std::unique_ptr<Program> program) : program_(std::move(program)) {}

Template::~Template() = default;

const std::string& Template::source() const {
  return program_->source;
}

ParseResult Template::Parse(std::string_view source) {
  ParseResult result;
  if (source.size() > kMaxTemplateBytes) {
    result.diagnostics.push_back(
        Diagnostic::Of(DiagnosticCode::template_too_large).With("limit", std::to_string(kMaxTemplateBytes)));
    return result;
  }
  if (const auto invalid = utf8::FindInvalid(source)) {
    result.diagnostics.push_back(Diagnostic::Of(DiagnosticCode::invalid_utf8)
                                     .In(LocateSpan(source, *invalid, *invalid + 1))
                                     .With("offset", std::to_string(*invalid)));
    return result;
  }
  auto program = std::make_unique<Program>();
  program->source = source;
  Parser(*program, result.diagnostics).Run();
  if (!HasErrors(result.diagnostics)) result.program = std::make_shared<const Template>(std::move(program));
  return result;
}

bool Template::RenderTo(std::string& out, const Value& data, const RenderOptions& options,
                        Diagnostics& faults) const {
  out.clear();
  Renderer::Scratch& scratch = ThreadScratch();
  if (!CheckPlace(scratch, options, faults)) return false;
  bool good = false;
  {
    Renderer renderer(scratch, out, data, options, faults);
    good = renderer.Run(*program_);
  }
  if (!good) out.clear();
  return good;
}

Result<std::string> Template::Render(const Value& data, const RenderOptions& options) const {
  std::string text;
  Diagnostics faults;
  if (!RenderTo(text, data, options, faults)) return faults;
  return text;
}

}  // namespace recado::liquid
