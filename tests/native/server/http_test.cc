#include "native/server/http.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace recado::server {
namespace {

using ::testing::Pair;

struct TargetRow {
  const char* target;
  bool fine;
  const char* path;
};

class Target : public ::testing::TestWithParam<TargetRow> {};

TEST_P(Target, IsReadOrRefused) {
  Request request;
  EXPECT_EQ(ParseTarget(GetParam().target, request), GetParam().fine) << GetParam().target;
  if (GetParam().fine) {
    EXPECT_EQ(request.path, GetParam().path);
  }
}

INSTANTIATE_TEST_SUITE_P(
    All, Target,
    ::testing::Values(TargetRow{"/", true, "/"}, TargetRow{"/a/b", true, "/a/b"},
                      TargetRow{"/a%20b", true, "/a b"}, TargetRow{"/%C3%A4", true, "/ä"},
                      TargetRow{"/a?x=1#y", true, "/a"},
                      TargetRow{"/..%2f..%2fetc", true, "/../../etc"},  // refused later, by Pages
                      TargetRow{"", false, ""}, TargetRow{"*", false, ""},
                      TargetRow{"http://host/a", false, ""}, TargetRow{"/%", false, ""},
                      TargetRow{"/%4", false, ""}, TargetRow{"/%zz", false, ""}, TargetRow{"/%00", false, ""},
                      TargetRow{"/%ff", false, ""}, TargetRow{"/a?x=%C3", false, ""}));

TEST(Query, KeepsOrderAndDecodesPlusAsSpace) {
  Request request;
  ASSERT_TRUE(ParseTarget("/x?b=1+2&a=%26&b=3&flag&&=v", request));
  EXPECT_THAT(request.query, ::testing::ElementsAre(Pair("b", "1 2"), Pair("a", "&"), Pair("b", "3"),
                                                    Pair("flag", ""), Pair("", "v")));
  EXPECT_EQ(request.Query("b"), "1 2");
  EXPECT_EQ(request.Query("none"), std::nullopt);
}

TEST(Headers, NamesAreFoundInAnyCase) {
  Request request;
  request.headers.emplace("content-TYPE", "Application/JSON; charset=utf-8");
  EXPECT_EQ(request.Header("Content-Type"), "Application/JSON; charset=utf-8");
  EXPECT_EQ(request.MediaType(), "application/json");
  EXPECT_EQ(request.Header("Host"), "");
}

TEST(Cookies, TheRightOneOfManyIsFound) {
  Request request;
  request.headers.emplace("Cookie", "a=1; recado_session=abc=; b=2");
  EXPECT_EQ(request.Cookie("recado_session"), "abc=");
  EXPECT_EQ(request.Cookie("session"), "");
  EXPECT_EQ(request.Cookie("b"), "2");
}

struct StatusRow {
  DiagnosticCode code;
  int status;
};

class FaultStatus : public ::testing::TestWithParam<StatusRow> {};

TEST_P(FaultStatus, IsTheOneOfTheFault) {
  EXPECT_EQ(StatusOf({Diagnostic::Of(GetParam().code)}), GetParam().status);
}

INSTANTIATE_TEST_SUITE_P(All, FaultStatus,
                         ::testing::Values(StatusRow{DiagnosticCode::invalid_json, 400},
                                           StatusRow{DiagnosticCode::json_too_deep, 400},
                                           StatusRow{DiagnosticCode::sign_in_required, 401},
                                           StatusRow{DiagnosticCode::token_refused, 401},
                                           StatusRow{DiagnosticCode::role_insufficient, 403},
                                           StatusRow{DiagnosticCode::not_found, 404},
                                           StatusRow{DiagnosticCode::event_conflict, 409},
                                           StatusRow{DiagnosticCode::version_conflict, 412},
                                           StatusRow{DiagnosticCode::body_too_large, 413},
                                           StatusRow{DiagnosticCode::media_type_unsupported, 415},
                                           StatusRow{DiagnosticCode::too_many_attempts, 429},
                                           StatusRow{DiagnosticCode::storage_unavailable, 503},
                                           StatusRow{DiagnosticCode::storage_busy, 503}));

TEST(ProblemDocument, NamesTheFaultAndKeepsAllDiagnostics) {
  const Response response =
      Problem({Diagnostic::Of(DiagnosticCode::missing_member).At("/id").With("what", "\"id\""),
               Diagnostic::Of(DiagnosticCode::invalid_json)},
              std::nullopt, {{"line", 3}});
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(response.Header("content-type"), "application/problem+json");
  const Json json = *ParseJson(response.body);
  EXPECT_EQ(json["code"], "missing_member");
  EXPECT_EQ(json["type"], "urn:recado:problem:missing_member");
  EXPECT_EQ(json["line"], 3);
  EXPECT_EQ(json["diagnostics"].size(), 2U);
  EXPECT_EQ(json["diagnostics"][0]["path"], "/id");
}

TEST(ProblemDocument, SaysHowToAuthenticateAndWhenToComeBack) {
  EXPECT_THAT(
      std::string(Problem(Diagnostic::Of(DiagnosticCode::sign_in_required)).Header("WWW-Authenticate")),
      ::testing::StartsWith("Bearer"));
  EXPECT_EQ(Problem(Diagnostic::Of(DiagnosticCode::storage_busy)).Header("Retry-After"), "1");
}

}  // namespace
}  // namespace recado::server
