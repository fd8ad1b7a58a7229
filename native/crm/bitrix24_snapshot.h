// What Bitrix24 says of an item, as a snapshot (formats §2). Pure: answers in, snapshot out.
//
// Items come as crm.item.get gives them (camelCase; custom fields with their original names,
// useOriginalUfNames=Y). The item's own fields keep their meaning under Recado's names: title, pipeline
// (categoryId), stage (stageId), amount (opportunity and currencyId), close_date, begin_date, created,
// source; custom fields are lower case
// ("UF_CRM_16_X" → uf_crm_16_x) unless the settings name them. Phones and e-mails keep their order and types
// . Dates lose their time, moments become UTC.
//
// Facts: the vendor's documentation of crm.item.get, data types and multifields (reference, §6.6).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/base/result.h"

namespace recado::directory {

// "deal" ↔ 2. Custom types are "dynamic_128" unless the settings name them.
std::optional<int> Bitrix24Type(std::string_view entity, const std::map<std::string, std::string>& types);
std::string Bitrix24Entity(int type, const std::map<std::string, std::string>& types);

// An event as an outbound webhook or an application's handler gets it: a form with event, data[FIELDS][ID],
// data[FIELDS][ENTITY_TYPE_ID] of custom types, ts, auth[application_token].
struct Bitrix24Event {
  enum class What : uint8_t { kAdded, kUpdated, kDeleted, kOther } what = What::kOther;
  int type = 0;      // 1 lead, 2 deal, 3 contact, 4 company, 7 quote, 31 invoice, 128+ custom
  std::string id;    // "" : none
  std::string name;  // "ONCRMDEALUPDATE"
  int64_t ts = 0;    // seconds since 1970
};
// The token of a call, before anything else of it is looked at. "" where there is none. Form or JSON.
std::string Bitrix24Token(std::string_view media_type, std::string_view body);
Bitrix24Event ReadBitrix24Event(std::string_view media_type, std::string_view body);

// Who belongs to an item, by their ids, in the item's order; what must be fetched beside it.
struct Bitrix24People {
  std::vector<std::string> contacts;
  std::string company;
  std::string responsible;
};
Bitrix24People PeopleOf(const Json& item);

struct Bitrix24Parts {
  Json item;                   // crm.item.get's `item`
  std::vector<Json> contacts;  // crm.item.get's `item` of type 3, those that were found
  Json company;                // of type 4, or null
  Json user;                   // a row of user.get, or null
};
// `fields`: the item's custom fields, original name → name in templates.
Json SnapshotOfBitrix24(const std::string& entity, const Bitrix24Parts& parts,
                        const std::map<std::string, std::string>& fields);

// Where an item stood before its last move and when that was, as the item itself says; nothing where it does
// not.
struct Bitrix24Move {
  std::string from;
  Instant at;
};
std::optional<Bitrix24Move> LastMoveOf(const Json& item);

// The schema of formats §2: `categories` as crm.category.list gives them, `stages` by category id as
// crm.status.list, `fields` as crm.item.fields.
struct Bitrix24Model {
  std::string entity;
  std::string title;
  Json categories = Json::array();
  std::map<std::string, Json> stages;  // "" where the entity has no pipelines
  Json fields = Json::object();
};
Json SchemaOfBitrix24(const std::vector<Bitrix24Model>& models,
                      const std::map<std::string, std::string>& fields);

}  // namespace recado::directory
