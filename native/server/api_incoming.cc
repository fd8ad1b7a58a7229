// What customers write, and their chats.
#include <algorithm>
#include <charconv>

#include "native/server/api.h"

namespace recado::server {
namespace {

Response ListIncoming(Api& api, const Call& call) {
  const auto cursor = CursorOf(call.request);
  if (!cursor.ok()) return Problem(cursor.error());
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  store::IncomingFilter filter;
  filter.provider = call.request.Query("provider").value_or("");
  filter.chat_id = call.request.Query("chat").value_or("");
  filter.before_seq = *cursor;
  filter.limit = *limit;
  const auto list = api.store.ListIncoming(filter);
  if (!list.ok()) return Problem(list.error());
  Json out = Json::array();
  for (const store::Incoming& incoming : *list) out.push_back(IncomingJson(incoming));
  Json next = list->size() == *limit ? Json(std::to_string(list->back().seq)) : Json();
  return JsonResponse(200, {{"incoming", std::move(out)}, {"next", std::move(next)}});
}

// ---- Chats

Response ListChats(Api& api, const Call& call) {
  const auto cursor = CursorOf(call.request);
  if (!cursor.ok()) return Problem(cursor.error());
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto chats = api.store.ListChats(*cursor, *limit);
  if (!chats.ok()) return Problem(chats.error());
  Json out = Json::array();
  for (const store::ChatRow& chat : *chats) out.push_back(ChatJson(chat));
  Json next = chats->size() == *limit ? Json(std::to_string(chats->back().id)) : Json();
  return JsonResponse(200, {{"chats", std::move(out)}, {"next", std::move(next)}});
}

struct ChatName {
  std::string channel;
  std::string id;
};

// The chat's number in our list or, with ?channel=, its id in that channel.
Result<ChatName> NameOf(Api& api, const Call& call) {
  const std::string& id = call.arguments[0];
  if (const auto channel = call.request.Query("channel")) return ChatName{std::string(*channel), id};
  int64_t number = 0;
  const auto [end, error] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (error != std::errc() || end != id.data() + id.size()) {
    return Diagnostics{Diagnostic::Of(DiagnosticCode::not_found).With("what", "chat").With("id", id)};
  }
  const auto chat = api.store.FindChatById(number);
  if (!chat.ok()) return chat.error();
  return ChatName{chat->provider, chat->chat_id};
}

// Both directions, the newest `limit` of them, oldest first.
Response ChatMessages(Api& api, const Call& call) {
  const auto limit = LimitOf(call.request);
  if (!limit.ok()) return Problem(limit.error());
  const auto name = NameOf(api, call);
  if (!name.ok()) return Problem(name.error());
  const auto ours = api.store.ChatMessages(name->channel, name->id, 0, *limit);
  if (!ours.ok()) return Problem(ours.error());
  store::IncomingFilter filter;
  filter.provider = name->channel;
  filter.chat_id = name->id;
  filter.limit = *limit;
  const auto theirs = api.store.ListIncoming(filter);
  if (!theirs.ok()) return Problem(theirs.error());
  std::vector<std::pair<Instant, Json>> all;
  for (const store::ChatMessage& message : *ours) {
    all.emplace_back(message.at, Json{{"id", "out-" + std::to_string(message.seq)},
                                      {"from", "us"},
                                      {"text", message.text},
                                      {"attachments", ParseStored(message.attachments)},
                                      {"delivery", message.key},
                                      {"at", FormatInstant(message.at)}});
  }
  for (const store::Incoming& message : *theirs) {
    all.emplace_back(message.at, Json{{"id", "in-" + std::to_string(message.seq)},
                                      {"from", "customer"},
                                      {"text", message.text},
                                      {"attachments", Json::array()},
                                      {"at", FormatInstant(message.at)}});
  }
  // The lists are newest first: of one moment the later stays behind.
  std::reverse(all.begin(), all.end());
  std::stable_sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  if (all.size() > *limit) all.erase(all.begin(), all.end() - static_cast<std::ptrdiff_t>(*limit));
  Json list = Json::array();
  for (auto& [at, json] : all) list.push_back(std::move(json));
  return JsonResponse(200, {{"messages", std::move(list)}});
}

}  // namespace

Json IncomingJson(const store::Incoming& incoming) {
  Json json = {{"id", std::to_string(incoming.seq)},
               {"provider", incoming.provider},
               {"channel", incoming.channel},
               {"from", incoming.sender},
               {"text", incoming.text},
               {"at", FormatInstant(incoming.at)},
               {"received_at", FormatInstant(incoming.received_at)}};
  const auto put = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  put("to", incoming.receiver);
  put("chat", incoming.chat_id);
  put("name", incoming.name);
  put("word", incoming.word);
  put("customer", incoming.customer);
  return json;
}

Json ChatJson(const store::ChatRow& chat) {
  Json json = {{"id", std::to_string(chat.id)}, {"channel", chat.provider}, {"chat", chat.chat_id}};
  const auto put = [&json](const char* name, const std::string& value) {
    if (!value.empty()) json[name] = value;
  };
  put("customer", chat.customer);
  put("name", chat.name);
  put("entity", chat.item.entity);
  put("entity_id", chat.item.entity_id);
  if (chat.bound_at) json["bound_at"] = FormatInstant(*chat.bound_at);
  if (chat.created_at) json["created_at"] = FormatInstant(*chat.created_at);
  return json;
}

void AddIncomingRoutes(Routes& routes, Api& api) {
  const auto add = [&](std::string pattern, Response (*handler)(Api&, const Call&)) {
    routes.push_back({Method::kGet, std::move(pattern), store::Role::kViewer, kMaxSmallBody,
                      Plainly([&api, handler](const Call& call) { return handler(api, call); })});
  };
  add("/api/v1/incoming", ListIncoming);
  add("/api/v1/chats", ListChats);
  add("/api/v1/chats/{id}/messages", ChatMessages);
}

}  // namespace recado::server
