#include "native/server/openapi.h"

#include <algorithm>
#include <gmock/gmock.h>
#include <set>

#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return out;
}

// "get /api/v1/rules/{id} viewer"
TEST_F(ServiceTest, EveryRouteIsDescribedAndEveryDescriptionIsARoute) {
  std::set<std::string> offered;
  for (const Route& route : app_->router().routes()) {
    offered.insert(Lower(MethodName(route.method)) + " " + route.pattern + " " +
                   (route.role ? std::string(store::RoleName(*route.role)) : "public"));
  }
  const auto document = ParseJson(OpenApiDocument());
  ASSERT_TRUE(document.ok()) << Dump(document.error());
  EXPECT_EQ((*document)["openapi"], "3.1.0");
  std::set<std::string> described;
  for (const auto& path : (*document)["paths"].items()) {
    for (const auto& operation : path.value().items()) {
      described.insert(operation.key() + " " + path.key() + " " +
                       operation.value().value("x-role", "public"));
    }
  }
  EXPECT_EQ(offered, described);
}

// Every {"$ref"} leads somewhere. The document is walked with an explicit stack.
TEST(OpenApi, EveryReferenceLeadsSomewhere) {
  const auto document = ParseJson(OpenApiDocument());
  ASSERT_TRUE(document.ok());
  std::vector<const Json*> open = {&*document};
  size_t references = 0;
  while (!open.empty()) {
    const Json& json = *open.back();
    open.pop_back();
    for (const auto& member : json.items()) {
      if (member.key() == "$ref" && json.is_object()) {
        ++references;
        const Json::json_pointer pointer(member.value().get<std::string>().substr(1));
        EXPECT_TRUE(document->contains(pointer)) << member.value();
      } else if (member.value().is_structured()) {
        open.push_back(&member.value());
      }
    }
  }
  EXPECT_GT(references, 100U);
}

}  // namespace
}  // namespace recado::server
