#include "native/server/item_words.h"

#include <string>

namespace recado::server {
namespace {

const Json& MemberOf(const Json& object, std::string_view name) {
  static const Json kNothing;
  if (!object.is_object()) return kNothing;
  const auto member = object.find(std::string(name));
  return member == object.end() ? kNothing : *member;
}

std::string TextOf(const Json& object, std::string_view name) {
  const Json& value = MemberOf(object, name);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string PersonIn(const Json& card) {
  const std::string first = TextOf(card, "first_name");
  const std::string last = TextOf(card, "last_name");
  return first.empty() || last.empty() ? first + last : first + " " + last;
}

std::string ClientIn(const Json& snapshot, std::string_view entity) {
  const Json& contacts = MemberOf(snapshot, "contacts");
  std::string name = contacts.is_array() && !contacts.empty() ? PersonIn(contacts.front()) : std::string();
  if (name.empty()) name = TextOf(MemberOf(snapshot, "company"), "name");
  if (name.empty()) name = PersonIn(MemberOf(snapshot, entity));
  return name;
}

}  // namespace

Json ItemWords(const Json& snapshot, std::string_view entity) {
  Json words = Json::object();
  const std::string title = TextOf(MemberOf(snapshot, entity), "title");
  const std::string client = ClientIn(snapshot, entity);
  if (!title.empty()) words["title"] = title;
  if (!client.empty()) words["client"] = client;
  return words;
}

}  // namespace recado::server
