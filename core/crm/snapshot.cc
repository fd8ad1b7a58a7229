#include "core/crm/snapshot.h"

#include <algorithm>
#include <array>

#include "core/base/limits.h"
#include "core/crm/reader.h"
#include "core/text/time_zone.h"

namespace recado::crm {
namespace {

constexpr std::array<std::string_view, 5> kBuiltInEntities = {"lead", "deal", "invoice", "quote", "order"};
constexpr std::array<std::string_view, 6> kOtherMembers = {"contacts", "contact",     "company",
                                                           "client",   "responsible", "workspace"};
constexpr auto kNullIsAbsent = ObjectReader::Null::kIsAbsent;

std::vector<TypedValue> ReadTypedValues(ObjectReader& card, std::string_view name, Diagnostics& out) {
  std::vector<TypedValue> values;
  const Json* list = card.List(name, kMaxCardValues);
  if (list == nullptr) return values;
  for (size_t i = 0; i < list->size(); ++i) {
    ObjectReader in((*list)[i], Child(card.At(name), i), out, kNullIsAbsent);
    TypedValue value{in.Text("type"), in.Text("value")};
    // A field that was opened and never filled in is not an address.
    if (value.value.find_first_not_of(" \t") != std::string::npos) values.push_back(std::move(value));
  }
  return values;
}

std::optional<Instant> ReadInstant(ObjectReader& in, std::string_view name) {
  const auto text = in.OptionalText(name);
  if (!text) return std::nullopt;
  const Result<Instant> instant = ParseInstant(*text);
  if (instant.ok()) return *instant;
  for (const Diagnostic& fault : instant.error()) in.Fault(name, fault);
  return std::nullopt;
}

std::vector<Chat> ReadChats(ObjectReader& card, Diagnostics& out) {
  std::vector<Chat> chats;
  const Json* list = card.List("chats", kMaxCardValues);
  if (list == nullptr) return chats;
  for (size_t i = 0; i < list->size(); ++i) {
    ObjectReader in((*list)[i], Child(card.At("chats"), i), out, kNullIsAbsent);
    Chat chat;
    chat.channel = in.RequiredText("channel");
    chat.id = in.RequiredText("id");
    chat.created = ReadInstant(in, "created");
    chats.push_back(std::move(chat));
  }
  return chats;
}

std::vector<std::string> ReadTexts(ObjectReader& in, std::string_view name, Diagnostics& out) {
  std::vector<std::string> texts;
  const Json* list = in.List(name, kMaxCardValues);
  if (list == nullptr) return texts;
  for (size_t i = 0; i < list->size(); ++i) {
    if ((*list)[i].is_string()) {
      texts.push_back((*list)[i].get<std::string>());
    } else {
      out.push_back(WrongType(name, "a list of texts", (*list)[i]).At(Child(in.At(name), i)));
    }
  }
  return texts;
}

Consent ReadConsent(ObjectReader& card, Diagnostics& out) {
  Consent consent;
  const Json* json = card.Object("consent");
  if (json == nullptr) return consent;
  ObjectReader in(*json, card.At("consent"), out, kNullIsAbsent);
  if (in.Take("marketing") != nullptr) consent.marketing = in.Boolean("marketing", false);
  consent.suppressed = ReadTexts(in, "suppressed", out);
  in.Finish();
  return consent;
}

// A zone the rules do not know must not stop a message: the workspace's holds then, and somebody is told.
std::string ReadCardZone(ObjectReader& in, Diagnostics& out) {
  std::string zone = in.Text("time_zone");
  if (zone.empty() || text::ZoneExists(zone)) return zone;
  Diagnostic remark =
      Diagnostic::Of(DiagnosticCode::unknown_time_zone).With("name", zone).At(in.At("time_zone"));
  remark.severity = Severity::kWarning;
  out.push_back(std::move(remark));
  return "";
}

// Members that are not named here are the CRM's own fields, for templates and conditions.
Card ReadCard(const Json& json, std::string pointer, Diagnostics& out) {
  ObjectReader in(json, std::move(pointer), out, kNullIsAbsent);
  Card card;
  card.id = in.Text("id");
  card.name = in.Text("name");
  if (card.name.empty()) {
    card.name = in.Text("first_name");
    const std::string last = in.Text("last_name");
    if (!card.name.empty() && !last.empty()) card.name += ' ';
    card.name += last;
  }
  card.language = in.Text("language");
  card.time_zone = ReadCardZone(in, out);
  card.phones = ReadTypedValues(in, "phones", out);
  card.emails = ReadTypedValues(in, "emails", out);
  card.chats = ReadChats(in, out);
  card.consent = ReadConsent(in, out);
  return card;
}

void ReadAbsences(ObjectReader& in, Responsible& responsible, Diagnostics& out) {
  const Json* list = in.List("absences", kMaxCardValues);
  if (list == nullptr) return;
  for (size_t i = 0; i < list->size(); ++i) {
    ObjectReader absence((*list)[i], Child(in.At("absences"), i), out, kNullIsAbsent);
    absence.Require("from");
    absence.Require("to");
    const auto from = ReadInstant(absence, "from");
    const auto to = ReadInstant(absence, "to");
    absence.Finish();
    if (from && to && *from < *to) responsible.absences.emplace_back(*from, *to);
  }
}

Responsible ReadResponsible(const Json& json, Diagnostics& out, std::string pointer) {
  ObjectReader in(json, std::move(pointer), out, kNullIsAbsent);
  Responsible responsible;
  responsible.id = in.Text("id");
  responsible.name = in.Text("name");
  responsible.mailboxes = ReadTexts(in, "mailboxes", out);
  responsible.last_used_mailbox = in.Text("last_used_mailbox");
  responsible.calendar = in.Text("calendar");
  ReadAbsences(in, responsible, out);
  return responsible;
}

bool Contains(std::span<const std::string_view> names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

std::string FindEntity(const Json& json) {
  if (!json.is_object()) return "";
  for (const std::string_view name : kBuiltInEntities) {
    if (json.contains(name)) return std::string(name);
  }
  for (const auto& [name, value] : json.items()) {
    if (value.is_object() && !Contains(kOtherMembers, name)) return name;
  }
  return "";
}

void ReadItem(ObjectReader& in, Snapshot& snapshot, Diagnostics& out) {
  if (snapshot.entity.empty()) {
    if (in.is_object()) {
      out.push_back(Diagnostic::Of(DiagnosticCode::missing_item).At(in.pointer()));
    }
    return;
  }
  const Json* item = in.Require(snapshot.entity);
  if (item == nullptr) return;
  ObjectReader reader(*item, in.At(snapshot.entity), out, kNullIsAbsent);
  snapshot.entity_id = reader.Text("id");
  snapshot.pipeline = reader.Text("pipeline");
  snapshot.stage = reader.Text("stage");
  if (snapshot.entity == "lead" && reader.is_object()) {
    snapshot.lead = ReadCard(*item, in.At(snapshot.entity), out);
  }
}

// Every member as given, plus `contact` and `client`.
liquid::Document MakeDocument(const Json& json, const Snapshot& snapshot) {
  const liquid::Document given = liquid::Document::FromJson(json);
  liquid::Builder builder;
  const liquid::Value base = builder.Keep(given);
  std::vector<liquid::Member> more;
  const liquid::Value contact = base.Get("contacts").At(0);
  if (!snapshot.contacts.empty()) more.push_back({"contact", contact});
  switch (snapshot.client_kind()) {
    case ClientKind::kContact:
      more.push_back({"client", contact});
      break;
    case ClientKind::kCompany:
      more.push_back({"client", base.Get("company")});
      break;
    case ClientKind::kLead:
      more.push_back({"client", base.Get("lead")});
      break;
    case ClientKind::kNone:
      break;
  }
  const liquid::Value root = builder.With(base, std::span<const liquid::Member>(more));
  return std::move(builder).Finish(root);
}

}  // namespace

std::string_view ClientKindName(ClientKind kind) {
  constexpr std::string_view kNames[] = {"", "contact", "company", "lead"};
  return kNames[static_cast<size_t>(kind)];
}

ClientKind Snapshot::client_kind() const {
  if (!contacts.empty()) return ClientKind::kContact;
  if (company) return ClientKind::kCompany;
  return lead ? ClientKind::kLead : ClientKind::kNone;
}

const Card* Snapshot::client() const {
  if (!contacts.empty()) return &contacts.front();
  if (company) return &*company;
  return lead ? &*lead : nullptr;
}

Result<Snapshot> ParseSnapshot(const Json& json, std::string_view entity, Diagnostics& remarks,
                               std::string_view pointer) {
  Diagnostics out;
  ObjectReader in(json, std::string(pointer), out, kNullIsAbsent);
  Snapshot snapshot;
  snapshot.entity = entity.empty() ? FindEntity(json) : std::string(entity);
  ReadItem(in, snapshot, out);
  if (const Json* contacts = in.List("contacts", kMaxContacts)) {
    for (size_t i = 0; i < contacts->size(); ++i) {
      snapshot.contacts.push_back(ReadCard((*contacts)[i], Child(in.At("contacts"), i), out));
    }
  }
  if (const Json* company = in.Take("company")) snapshot.company = ReadCard(*company, in.At("company"), out);
  if (const Json* responsible = in.Take("responsible")) {
    snapshot.responsible = ReadResponsible(*responsible, out, in.At("responsible"));
  }
  if (const Json* workspace = in.Take("workspace")) {
    snapshot.workspace = ReadWorkspace(*workspace, in.At("workspace"), out);
  }
  in.Finish();
  if (HasErrors(out)) return out;
  snapshot.document = MakeDocument(json, snapshot);
  remarks.insert(remarks.end(), out.begin(), out.end());
  return snapshot;
}

}  // namespace recado::crm
