// How fast templates are read and filled in: tests/bench/liquid_templates.json, the same texts and data that
// liquid_peer.mjs gives to npm liquidjs. One line a case; times are for one message.
#include <benchmark/benchmark.h>
#include <fstream>
#include <sstream>

#include "core/base/json.h"
#include "core/liquid/check.h"
#include "core/liquid/template.h"

namespace recado::liquid {
namespace {

const Json& Suite() {
  static const Json suite = [] {
    std::ifstream file(RECADO_SOURCE "/tests/bench/liquid_templates.json");
    std::stringstream text;
    text << file.rdbuf();
    return *ParseJson(text.str());
  }();
  return suite;
}

void Parse(benchmark::State& state, const Json& test) {
  const auto source = test["template"].get<std::string>();
  for (auto _ : state) benchmark::DoNotOptimize(Template::Parse(source).program);
}

void ParseAndCheck(benchmark::State& state, const Json& test) {
  const auto source = test["template"].get<std::string>();
  Type open;
  open.kind = Type::Kind::kObject;
  open.open = true;
  for (auto _ : state) benchmark::DoNotOptimize(Check(*Template::Parse(source).program, open));
}

void Render(benchmark::State& state, const Json& test) {
  const ParseResult parsed = Template::Parse(test["template"].get<std::string>());
  const Document data = Document::FromJson(Suite()["data"]);
  RenderOptions options;
  options.escape = test["escape"] == "html" ? Escape::kHtml : Escape::kNone;
  std::string out;
  Diagnostics faults;
  for (auto _ : state) benchmark::DoNotOptimize(parsed.program->RenderTo(out, data.root(), options, faults));
  state.counters["bytes"] = static_cast<double>(out.size());
}

void ReadData(benchmark::State& state) {
  for (auto _ : state) benchmark::DoNotOptimize(Document::FromJson(Suite()["data"]));
}

}  // namespace
}  // namespace recado::liquid

int main(int argc, char** argv) {
  using namespace recado::liquid;
  for (const recado::Json& test : Suite()["cases"]) {
    const auto name = test["name"].get<std::string>();
    benchmark::RegisterBenchmark(("parse/" + name).c_str(),
                                 [&test](benchmark::State& state) { Parse(state, test); });
    benchmark::RegisterBenchmark(("parse_check/" + name).c_str(),
                                 [&test](benchmark::State& state) { ParseAndCheck(state, test); });
    benchmark::RegisterBenchmark(("render/" + name).c_str(),
                                 [&test](benchmark::State& state) { Render(state, test); });
  }
  benchmark::RegisterBenchmark("read_data", ReadData);
  benchmark::Initialize(&argc, argv);
  benchmark::RunSpecifiedBenchmarks();
}
