// /api/v1/events: one event as JSON, or many as NDJSON, answered when they are on disk; and what was taken
// in, to be looked at or run once more.
#include <algorithm>

#include "native/server/api.h"

namespace recado::server {
namespace {

constexpr std::string_view kNdjson = "application/x-ndjson";

// The events of a body with the line each stands on (from 1).
struct Lines {
  std::vector<Json> events;
  std::vector<size_t> numbers;
};

struct LineFault {
  size_t line = 0;
  Diagnostics diagnostics;
};

Result<Lines, LineFault> ReadLines(std::string_view body) {
  Lines lines;
  for (size_t number = 1; !body.empty(); ++number) {
    const size_t end = std::min(body.find('\n'), body.size());
    const std::string_view line = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    Result<Json> event = ParseJson(line);
    if (!event.ok()) return LineFault{number, event.TakeError()};
    if (lines.events.size() >= store::kMaxIngestBatch) {
      return LineFault{number,
                       {Diagnostic::Of(DiagnosticCode::too_many_events)
                            .With("limit", std::to_string(store::kMaxIngestBatch))}};
    }
    lines.events.push_back(*std::move(event));
    lines.numbers.push_back(number);
  }
  return lines;
}

Response LineProblem(const Diagnostics& diagnostics, size_t line, std::optional<int> status = std::nullopt) {
  Json more = {{"line", line}};
  if (!diagnostics.empty())
    more["detail"] = "Line " + std::to_string(line) + ": " + MessageOf(diagnostics.front());
  return Problem(diagnostics, status, more);
}

void PostEvents(Api& api, const Call& call, const Reply& reply) {
  const std::string type = call.request.MediaType();
  const bool many = type == kNdjson || type == "application/ndjson" || type == "application/jsonl";
  Lines lines;
  if (many) {
    auto read = ReadLines(call.request.body);
    if (!read.ok()) {
      const bool too_many = read.error().diagnostics.front().code == DiagnosticCode::too_many_events;
      return reply(LineProblem(read.error().diagnostics, read.error().line,
                               too_many ? std::optional<int>(413) : std::optional<int>()));
    }
    lines = *std::move(read);
    if (lines.events.empty()) return reply(JsonResponse(202, {{"accepted", 0}, {"duplicates", 0}}));
  } else {
    Result<Json> event = JsonBody(call.request);
    if (!event.ok()) return reply(Problem(event.error()));
    lines.events.push_back(*std::move(event));
  }
  auto done =
      [reply, numbers = std::move(lines.numbers)](Result<dispatch::IngestAnswer, dispatch::IngestFault> out) {
        if (out.ok())
          return reply(JsonResponse(202, {{"accepted", out->accepted}, {"duplicates", out->duplicates}}));
        const dispatch::IngestFault& fault = out.error();
        if (numbers.empty()) return reply(Problem(fault.diagnostics));
        reply(LineProblem(fault.diagnostics, numbers[std::min(fault.index, numbers.size() - 1)]));
      };
  api.engine.Ingest(std::move(lines.events), api.clock(), std::move(done));
}

Response GetEvents(Api& api, const Call& call) {
  const auto from = MomentAt(call.request, "from", 0);
  if (!from.ok()) return Problem(from.error());
  const auto to = MomentAt(call.request, "to", 1);
  if (!to.ok()) return Problem(to.error());
  const auto cursor = CursorOf(call.request);
  if (!cursor.ok()) return Problem(cursor.error());
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto page = api.store.PageOfEvents({.from = *from, .to = *to, .after_seq = *cursor, .limit = *limit});
  if (!page.ok()) return Problem(page.error());
  Json list = Json::array();
  for (const store::Event& event : page->events) list.push_back(ParseStored(event.json));
  Json next = page->next == 0 ? Json() : Json(std::to_string(page->next));
  return JsonResponse(200, {{"events", std::move(list)}, {"next", std::move(next)}});
}

}  // namespace

void AddEventRoutes(Routes& routes, Api& api) {
  routes.push_back({Method::kGet, "/api/v1/events", store::Role::kViewer, kMaxSmallBody,
                    Plainly([&api](const Call& call) { return GetEvents(api, call); })});
  routes.push_back({Method::kPost, "/api/v1/events", store::Role::kOperator, kMaxEventsBody,
                    [&api](const Call& call, const Reply& reply) { PostEvents(api, call, reply); }});
}

}  // namespace recado::server
