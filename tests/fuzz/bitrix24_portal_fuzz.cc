// What a Bitrix24 account sends: calls of its outbound webhook, as a form and as JSON, and answers to what
// was asked. Whatever it is, reading ends, an event has a known kind and digits for an id, and what becomes a
// snapshot or a schema is well-formed JSON that the core's own readers take or refuse without falling over.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/base/utf8.h"
#include "core/crm/schema.h"
#include "core/crm/snapshot.h"
#include "native/crm/bitrix24_snapshot.h"

namespace {

using namespace recado;
using namespace recado::directory;

void Require(bool holds) {
  if (!holds) std::abort();
}

void JudgeCall(std::string_view media_type, std::string_view body) {
  const std::string token = Bitrix24Token(media_type, body);
  Require(token.size() <= body.size());
  const Bitrix24Event event = ReadBitrix24Event(media_type, body);
  Require(std::all_of(event.id.begin(), event.id.end(), [](char c) { return c >= '0' && c <= '9'; }));
  Require(event.what == Bitrix24Event::What::kOther || event.type > 0);
  Require(event.ts >= 0 && event.ts <= 253'402'300'799);
}

Json MemberOf(const Json& json, const char* name) {
  if (!json.is_object()) return {};
  const auto found = json.find(name);
  return found == json.end() ? Json() : Json(*found);
}

void JudgeAnswer(const Json& answer) {
  Bitrix24Parts parts;
  parts.item = MemberOf(answer, "item");
  parts.company = MemberOf(answer, "company");
  parts.user = MemberOf(answer, "user");
  for (const Json& contact : MemberOf(answer, "contacts")) parts.contacts.push_back(contact);
  const Bitrix24People people = PeopleOf(parts.item);
  (void)people;
  (void)LastMoveOf(parts.item);
  for (const char* entity : {"deal", "lead", "dynamic_128"}) {
    const Json snapshot = SnapshotOfBitrix24(entity, parts, {{"UF_CRM_X", "x"}});
    Require(!utf8::FindInvalid(DumpJson(snapshot)));
    Diagnostics remarks;
    (void)crm::ParseSnapshot(snapshot, entity, remarks);
  }
  Bitrix24Model model;
  model.entity = "deal";
  model.categories = MemberOf(answer, "categories");
  model.fields = MemberOf(answer, "fields");
  model.stages[""] = MemberOf(answer, "stages");
  model.stages["0"] = MemberOf(answer, "stages");
  const Json schema = SchemaOfBitrix24({model}, {{"UF_CRM_X", "x"}});
  Diagnostics remarks;
  (void)crm::ParseSchema(schema, remarks);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  JudgeCall("application/x-www-form-urlencoded", input);
  JudgeCall("application/json", input);
  if (const Result<Json> answer = ParseJson(input); answer.ok()) JudgeAnswer(*answer);
  return 0;
}
