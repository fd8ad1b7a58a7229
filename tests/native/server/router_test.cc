#include "native/server/router.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recado::server {
namespace {

using ::testing::ElementsAre;

Router Sample() {
  const auto route = [](Method method, const char* pattern) {
    return Route{method, pattern, std::nullopt, kMaxSmallBody,
                 Plainly([](const Call&) { return NoContent(); })};
  };
  return Router({route(Method::kGet, "/rules"), route(Method::kGet, "/rules/{id}"),
                 route(Method::kPut, "/rules/{id}"),
                 route(Method::kPost, "/rules/{id}/revisions/{n}/restore"),
                 route(Method::kPost, "/hooks/{id}/{rest*}")});
}

struct Row {
  Method method;
  const char* path;
  const char* pattern;  // "" : no route
  std::vector<std::string> arguments;
  size_t allowed;  // how many other methods the path takes
};

class Finds : public ::testing::TestWithParam<Row> {};

TEST_P(Finds, RouteOrSaysWhatWouldDo) {
  const Router router = Sample();
  const Router::Match match = router.Find(GetParam().method, GetParam().path);
  EXPECT_EQ(match.route == nullptr ? "" : match.route->pattern, GetParam().pattern) << GetParam().path;
  EXPECT_EQ(match.arguments, GetParam().arguments);
  EXPECT_EQ(match.allowed.size(), GetParam().allowed);
}

INSTANTIATE_TEST_SUITE_P(
    All, Finds,
    ::testing::Values(Row{Method::kGet, "/rules", "/rules", {}, 0},
                      Row{Method::kGet, "/rules/a", "/rules/{id}", {"a"}, 0},
                      Row{Method::kHead, "/rules/a", "/rules/{id}", {"a"}, 0},
                      Row{Method::kPut, "/rules/a b", "/rules/{id}", {"a b"}, 0},
                      Row{Method::kPost,
                          "/rules/a/revisions/2/restore",
                          "/rules/{id}/revisions/{n}/restore",
                          {"a", "2"},
                          0},
                      Row{Method::kPost, "/hooks/sms/a/b", "/hooks/{id}/{rest*}", {"sms", "a/b"}, 0},
                      Row{Method::kPost, "/hooks/sms", "/hooks/{id}/{rest*}", {"sms", ""}, 0},
                      Row{Method::kDelete, "/rules/a", "", {}, 2}, Row{Method::kPost, "/rules", "", {}, 1},
                      Row{Method::kGet, "/", "", {}, 0}, Row{Method::kGet, "/rules/", "", {}, 0},
                      Row{Method::kGet, "//rules", "", {}, 0}, Row{Method::kGet, "/rules/a/b", "", {}, 0},
                      Row{Method::kGet, "/Rules", "", {}, 0}, Row{Method::kPost, "/hooks", "", {}, 0}));

}  // namespace
}  // namespace recado::server
