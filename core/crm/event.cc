#include <algorithm>
#include <array>
#include <cmath>

#include "core/base/json_text.h"
#include "core/crm/reader.h"
#include "core/crm/snapshot.h"

namespace recado::crm {
namespace {

constexpr std::array<std::string_view, 3> kEventTypes = {"stage_changed", "record_updated", "record_deleted"};

// 1, 1.0 and 1e0 are the same number, so they get the same text.
std::string CanonicalNumber(const Json& number) {
  if (number.is_number_float()) {
    const auto value = number.get<double>();
    constexpr double kExact = 9007199254740992.0;  // 2^53: above it a double does not name one whole number
    if (value == std::floor(value) && value > -kExact && value < kExact) {
      return std::to_string(static_cast<int64_t>(value));
    }
  }
  return DumpJson(number);
}

void AppendScalar(std::string& out, const Json& value) {
  if (value.is_string()) {
    AppendJsonText(out, value.get_ref<const std::string&>());
  } else {
    out += value.is_number() ? CanonicalNumber(value) : DumpJson(value);
  }
}

// A container whose members are being written.
struct Frame {
  std::vector<std::pair<std::string_view, const Json*>> members;  // an object's, sorted by name
  const Json* list = nullptr;                                     // or an array
  size_t next = 0;
  bool Done() const { return next == (list != nullptr ? list->size() : members.size()); }
};

Frame Open(const Json& json) {
  Frame frame;
  if (json.is_array()) {
    frame.list = &json;
    return frame;
  }
  const auto& members = json.get_ref<const Json::object_t&>();
  frame.members.reserve(members.size());
  for (const auto& [name, value] : members) frame.members.emplace_back(name, &value);
  std::sort(frame.members.begin(), frame.members.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  return frame;
}

}  // namespace

std::string CanonicalJson(const Json& json) {
  std::string out;
  std::vector<Frame> open;
  const Json* value = &json;
  while (true) {
    if (value->is_structured()) {
      out += value->is_array() ? '[' : '{';
      open.push_back(Open(*value));
    } else {
      AppendScalar(out, *value);
    }
    while (!open.empty() && open.back().Done()) {
      out += open.back().list != nullptr ? ']' : '}';
      open.pop_back();
    }
    if (open.empty()) return out;
    Frame& frame = open.back();
    if (frame.next > 0) out += ',';
    if (frame.list != nullptr) {
      value = &(*frame.list)[frame.next++];
      continue;
    }
    const auto& [name, member] = frame.members[frame.next++];
    AppendJsonText(out, name);
    out += ':';
    value = member;
  }
}

Result<Event> ParseEvent(const Json& json, Diagnostics& remarks) {
  Diagnostics out;
  ObjectReader in(json, "", out, ObjectReader::Null::kIsAbsent);
  Event event;
  event.id = in.RequiredId("id");
  const bool typed = in.Require("type") != nullptr;
  const std::string type = typed ? in.Choice("type", kEventTypes, kEventTypes[0]) : "stage_changed";
  event.type =
      static_cast<EventType>(std::find(kEventTypes.begin(), kEventTypes.end(), type) - kEventTypes.begin());
  const std::string at = in.RequiredText("at");
  if (!at.empty()) {
    const Result<Instant> instant = ParseInstant(at);
    if (instant.ok()) {
      event.at = *instant;
    } else {
      for (const Diagnostic& fault : instant.error()) in.Fault("at", fault);
    }
  }
  event.entity = in.RequiredId("entity");
  event.entity_id = in.RequiredId("entity_id");
  event.pipeline = in.Text("pipeline");
  event.from = in.Text("from");
  event.to = event.type == EventType::kStageChanged && typed ? in.RequiredText("to") : in.Text("to");
  if (const Json* snapshot = in.Object("snapshot")) event.snapshot = *snapshot;
  in.Finish();
  if (HasErrors(out)) return out;
  remarks.insert(remarks.end(), out.begin(), out.end());
  return event;
}

Json ToJson(const Event& event) {
  Json json = {{"id", event.id},
               {"type", kEventTypes[static_cast<size_t>(event.type)]},
               {"at", FormatInstant(event.at)},
               {"entity", event.entity},
               {"entity_id", event.entity_id}};
  if (!event.pipeline.empty()) json["pipeline"] = event.pipeline;
  if (!event.from.empty()) json["from"] = event.from;
  if (!event.to.empty()) json["to"] = event.to;
  if (event.snapshot) json["snapshot"] = *event.snapshot;
  return json;
}

}  // namespace recado::crm
