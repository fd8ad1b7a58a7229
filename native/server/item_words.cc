#include "native/server/item_words.h"

#include <string>

#include "native/provider/endpoint.h"

namespace recado::server {
namespace {

using provider::FirstOf;
using provider::MemberOf;
using provider::TextOf;

std::string PersonIn(const Json& card) {
  const std::string first = TextOf(card, "first_name");
  const std::string last = TextOf(card, "last_name");
  return first.empty() || last.empty() ? first + last : first + " " + last;
}

std::string ClientIn(const Json& snapshot, std::string_view entity) {
  std::string name = PersonIn(FirstOf(MemberOf(snapshot, "contacts")));
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
