// A month of a shop on the virtual clock, and coverage of its customers.
//
//   recado_simulate_bench [events] [records]      3000 and 10000 unless given
//
// Fixed history: every deal goes new → paid → won, with an update between; five rules wait for it, two of
// them delayed, one waiting for the one before. One line a case; compare lines of one run only.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>

#include "core/plan/coverage.h"
#include "core/plan/simulate.h"
#include "core/plan/simulate_json.h"

namespace recado::plan {
namespace {

constexpr const char* kRules = R"({"rules":[
  {"id":"sms","on":{"entity":"deal","pipeline":"sales","stage":"paid"},"action":{"type":"send_sms","provider":"p",
   "text":"Hi {{ contact.first_name | default: \"there\" }}, order {{ deal.number }} over {{ deal.amount | money }} is paid."}},
  {"id":"mail","position":10,"on":{"entity":"deal","stage":"paid"},"action":{"type":"send_email","subject":"Order {{ deal.number }}",
   "html":"<p>Hi {{ contact.first_name }}</p>{% for i in (1..5) %}<p>{{ i }} {{ deal.title }}</p>{% endfor %}"}},
  {"id":"later","position":20,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"after","delay":"P2D"},
   "action":{"type":"send_sms","provider":"p","text":"How was it?"}},
  {"id":"before","position":30,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"before","delay":"P1D","field":"deal.delivery_date"},
   "action":{"type":"send_sms","provider":"p","text":"Tomorrow we deliver {{ deal.title }}."}},
  {"id":"last","position":40,"on":{"entity":"deal","stage":"paid"},"timing":{"run":"immediately","wait_for_previous":true},
   "conditions":{"all":[{"field":"deal.amount","op":"ge","value":"100.00"}]},
   "action":{"type":"send_chat_message","text":"Thank you"}}]})";

constexpr const char* kSnapshot =
    R"({"deal":{"id":"D-%d","title":"Two bikes","number":"%d","pipeline":"sales","stage":"%s","amount":{"amount":"1299.00","currency":"EUR"},"tracking_number":"PL123","tracking_url":"https://dhl.example/PL123","delivery_date":"2026-11-%02d"},)"
    R"("contacts":[{"id":"C-%d","first_name":"Ana","last_name":"Souza","language":"en","time_zone":"America/Sao_Paulo","phones":[{"type":"work","value":"+55 11 3091-0000"},{"type":"mobile","value":"+5511912345678"}],"emails":[{"type":"home","value":"ana@example.com"}],"chats":[{"channel":"telegram-1","id":"991","created":"2026-11-01T10:00:00Z"}]}],)"
    R"("responsible":{"id":"U-1","name":"Eva Lind","mailboxes":["eva@shop.example"]},)"
    R"("workspace":{"name":"Bike Shop","default_region":"BR","language":"en","time_zone":"America/Sao_Paulo","currency":"EUR"}})";

template <class... Values>
std::string Format(const char* format, Values... values) {
  char buffer[4096];
  const int size = std::snprintf(buffer, sizeof buffer, format, values...);
  return {buffer, static_cast<size_t>(size)};
}

std::string Snapshot(int deal, const char* stage, int day) {
  return Format(kSnapshot, deal, deal, stage, day, deal);
}

// Deal after deal through November; four events each, some hours or days apart.
std::string History(int events) {
  constexpr const char* kTypes[] = {"stage_changed", "stage_changed", "record_updated", "stage_changed"};
  constexpr const char* kStages[] = {"new", "paid", "paid", "won"};
  std::string text;
  for (int i = 0; i < events; ++i) {
    const int deal = i / 4;
    const int step = i % 4;
    const int day = 1 + deal % 24 + step;
    text +=
        Format(
            R"({"id":"evt-%d","type":"%s","at":"2026-11-%02dT%02d:%02d:00Z","entity":"deal","entity_id":"D-%d","pipeline":"sales","to":"%s","snapshot":)",
            i, kTypes[step], day, 8 + deal % 10, deal % 60, deal, kStages[step]) +
        Snapshot(deal, kStages[step], 1 + day + deal % 5) + "}\n";
  }
  return text;
}

// Processor time, so that a busy machine does not tell.
double MsSince(std::clock_t start) {
  return static_cast<double>(std::clock() - start) * 1000 / CLOCKS_PER_SEC;
}

// The events as they are once read, so that the machine is measured without the reading.
struct Read {
  crm::Event event;
  SnapshotPtr snapshot;
};

std::vector<Read> ReadAll(const std::string& text) {
  std::vector<Read> events;
  Diagnostics remarks;
  for (size_t from = 0; from < text.size();) {
    const size_t end = text.find('\n', from);
    const Result<Json> json = ParseJson(std::string_view(text).substr(from, end - from));
    from = end + 1;
    crm::Event event = *crm::ParseEvent(*json, remarks);
    auto snapshot =
        std::make_shared<const crm::Snapshot>(*crm::ParseSnapshot(*event.snapshot, event.entity, remarks));
    events.push_back({std::move(event), std::move(snapshot)});
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Read& a, const Read& b) { return a.event.at < b.event.at; });
  return events;
}

void Report(const char* what, int count, double ms, size_t results) {
  std::printf("%-34s %7d in %8.1f ms, %9.0f/s, %zu results\n", what, count, ms, count / ms * 1000, results);
}

int Main(int argc, char** argv) {
  const int events = argc > 1 ? std::atoi(argv[1]) : 3000;
  const int records = argc > 2 ? std::atoi(argv[2]) : 10000;
  const crm::Workspace workspace;
  std::vector<rule::CompiledRulePtr> rules;
  for (rule::Checked& checked : rule::CheckRules(*ParseJson(kRules), crm::BuiltInSchema(), workspace)) {
    if (checked.rule) rules.push_back(std::move(checked.rule));
  }
  const std::string history = History(events);

  SimulationInput input;
  input.rules = rules;
  input.workspace = &workspace;
  size_t bytes = 0;
  std::clock_t start = std::clock();
  const SimulationCounts counts =
      Simulate(history, input, OffsetUnit::kBytes, [&bytes](const Json& e) { bytes += DumpJson(e).size(); });
  Report("simulate, NDJSON to NDJSON", events, MsSince(start), counts.sent + counts.skipped);

  const std::vector<Read> read = ReadAll(history);
  size_t happened = 0;
  start = std::clock();
  Simulation simulation(rules, workspace, {}, [&happened](const Happening&) { ++happened; });
  for (const Read& one : read) simulation.Take(one.event, one.snapshot);
  simulation.Run({});
  Report("simulate, the machine alone", events, MsSince(start), happened);

  std::string text;
  for (int i = 0; i < records; ++i) text += Snapshot(i, "paid", 1 + i % 28) + "\n";
  CoverageInput judged;
  judged.rule = rules.front();
  judged.workspace = &workspace;
  judged.now = *ParseInstant("2026-11-22T09:30:00Z");
  start = std::clock();
  Coverage coverage(std::move(judged));
  coverage.Add(text);
  const Json result = coverage.ToJson();
  Report("coverage of an SMS rule", records, MsSince(start), result["reached"].get<size_t>());
  return counts.faulty == 0 && bytes > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace recado::plan

int main(int argc, char** argv) {
  return recado::plan::Main(argc, argv);
}
