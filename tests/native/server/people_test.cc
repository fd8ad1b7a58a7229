#include "native/server/passwords.h"
#include "tests/native/server/service_fixture.h"

namespace recado::server {
namespace {

constexpr const char* kPassword = "correct horse battery";

class PeopleTest : public ServiceTest {
 protected:
  Response PutUser(const std::string& id, const Json& body) {
    return Ask(Method::kPut, "/api/v1/users/" + id, DumpJson(body));
  }
  Response SignIn(const std::string& name, const std::string& password, const std::string& cookie = "") {
    std::vector<std::pair<std::string, std::string>> headers;
    if (!cookie.empty()) headers.emplace_back("Cookie", cookie);
    return Ask(Method::kPost, "/api/v1/session", DumpJson(Json{{"name", name}, {"password", password}}),
               headers, std::nullopt);
  }
  static std::string CookieOf(const Response& response) {
    const std::string cookie(response.Header("Set-Cookie"));
    return cookie.substr(0, cookie.find(';'));
  }
  int WhoAmI(const std::string& cookie) {
    return Ask(Method::kGet, "/api/v1/session", "", {{"Cookie", cookie}}, std::nullopt).status;
  }
  void MakeEva(const char* role = "editor") {
    ASSERT_EQ(PutUser("eva", {{"role", role}, {"password", kPassword}}).status, 201);
  }
};

TEST(Passwords, AreHashedWithArgon2idAndNeverTheSameTwice) {
  const auto one = HashPassword(kPassword);
  const auto two = HashPassword(kPassword);
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_TRUE(one->starts_with("$argon2id$v=19$m=65536,t=2,p=1$"));
  EXPECT_NE(*one, *two);
  EXPECT_TRUE(VerifyPassword(*one, kPassword));
  for (const char* wrong : {"", "correct horse batter", "Correct horse battery"}) {
    EXPECT_FALSE(VerifyPassword(*one, wrong)) << wrong;
  }
  for (const char* broken : {"", "$argon2id$", "x", "$2b$12$abc"})
    EXPECT_FALSE(VerifyPassword(broken, kPassword));
}

TEST(Passwords, NeedLengthAndMustNotBeTheName) {
  EXPECT_TRUE(CheckPassword("eva", kPassword).empty());
  EXPECT_TRUE(CheckPassword("eva", std::string(12, 'x')).empty());
  EXPECT_TRUE(CheckPassword("eva", "äöüäöüäöüäöü").empty());  // characters, not bytes
  EXPECT_TRUE(CheckPassword("eva", std::string(128, 'x')).empty());
  EXPECT_FALSE(CheckPassword("eva", std::string(11, 'x')).empty());
  EXPECT_FALSE(CheckPassword("eva", std::string(129, 'x')).empty());
  EXPECT_FALSE(CheckPassword("administrator", "administrator").empty());
}

TEST_F(PeopleTest, NameAndPasswordOpenASession) {
  MakeEva();
  const Response in = SignIn("eva", kPassword);
  ASSERT_EQ(in.status, 200) << in.Body();
  EXPECT_EQ(BodyOf(in)["role"], "editor");
  EXPECT_EQ(WhoAmI(CookieOf(in)), 200);
  EXPECT_EQ(Verdict(SignIn("eva", "wrong password")), "401 password_refused");
  EXPECT_EQ(Verdict(SignIn("nobody", kPassword)), "401 password_refused");
  EXPECT_EQ(Verdict(SignIn("admin", "")), "401 password_refused");  // no password: by link only
  const Json audit = BodyOf(Ask(Method::kGet, "/api/v1/audit"));
  EXPECT_EQ(audit["entries"][0]["action"], "session.refused");
  EXPECT_EQ(DumpJson(audit).find("wrong password"), std::string::npos);
}

TEST_F(PeopleTest, SigningInEndsTheSessionBefore) {
  MakeEva();
  const std::string first = CookieOf(SignIn("eva", kPassword));
  const std::string second = CookieOf(SignIn("eva", kPassword, first));
  EXPECT_NE(first, second);
  EXPECT_EQ(WhoAmI(first), 401);
  EXPECT_EQ(WhoAmI(second), 200);
}

TEST_F(PeopleTest, AnotherRoleOrPasswordEndsSessions) {
  MakeEva();
  std::string cookie = CookieOf(SignIn("eva", kPassword));
  EXPECT_EQ(PutUser("eva", {{"role", "viewer"}}).status, 200);
  EXPECT_EQ(WhoAmI(cookie), 401);
  cookie = CookieOf(SignIn("eva", kPassword));
  EXPECT_EQ(PutUser("eva", {{"password", "another long password"}}).status, 200);
  EXPECT_EQ(WhoAmI(cookie), 401);
  EXPECT_EQ(Verdict(SignIn("eva", kPassword)), "401 password_refused");
  cookie = CookieOf(SignIn("eva", "another long password"));
  EXPECT_EQ(PutUser("eva", {{"disabled", true}}).status, 200);
  EXPECT_EQ(WhoAmI(cookie), 401);
  EXPECT_EQ(Verdict(SignIn("eva", "another long password")), "401 password_refused");
}

TEST_F(PeopleTest, OnesOwnPasswordIsChangedWithTheOldOne) {
  MakeEva();
  const Response in = SignIn("eva", kPassword);
  const std::string cookie = CookieOf(in);
  const std::string other = CookieOf(SignIn("eva", kPassword));
  const auto change = [&](const char* current, const char* next) {
    return Ask(Method::kPut, "/api/v1/session/password",
               DumpJson(Json{{"current", current}, {"password", next}}),
               {{"Cookie", cookie}, {"X-CSRF-Token", BodyOf(in)["csrf"].get<std::string>()}}, std::nullopt);
  };
  EXPECT_EQ(Verdict(change("wrong", "a new long password")), "401 password_refused");
  EXPECT_EQ(Verdict(change(kPassword, "short")), "400 password_weak");
  const Response changed = change(kPassword, "a new long password");
  EXPECT_EQ(changed.status, 200);
  EXPECT_EQ(WhoAmI(cookie), 401);
  EXPECT_EQ(WhoAmI(other), 401);
  EXPECT_EQ(WhoAmI(CookieOf(changed)), 200);
  EXPECT_EQ(SignIn("eva", "a new long password").status, 200);
  // A token has no password.
  EXPECT_EQ(Verdict(Ask(Method::kPut, "/api/v1/session/password", R"({"password":"a new long password"})")),
            "401 sign_in_required");
}

TEST_F(PeopleTest, GuessesAreSlowedDownPerAddressAndPerName) {
  MakeEva();
  for (int i = 0; i < kMaxFailures; ++i) SignIn("eva", "wrong password");
  EXPECT_EQ(Verdict(SignIn("eva", kPassword)), "429 too_many_attempts");
  now_.ms += kFailureWindowMs;
  EXPECT_EQ(SignIn("eva", kPassword).status, 200);
}

TEST_F(PeopleTest, TheLastAdministratorStays) {
  const Json users = BodyOf(Ask(Method::kGet, "/api/v1/users"))["users"];
  // Whoever the demo made: leave one administrator only.
  ASSERT_EQ(PutUser("boss", {{"role", "admin"}, {"password", kPassword}}).status, 201);
  for (const Json& user : users) Ask(Method::kDelete, "/api/v1/users/" + user["id"].get<std::string>());
  EXPECT_EQ(Verdict(PutUser("boss", {{"role", "editor"}})), "409 last_admin");
  EXPECT_EQ(Verdict(PutUser("boss", {{"disabled", true}})), "409 last_admin");
  EXPECT_EQ(Verdict(Ask(Method::kDelete, "/api/v1/users/boss")), "409 last_admin");
  ASSERT_EQ(PutUser("second", {{"role", "admin"}}).status, 201);
  EXPECT_EQ(Ask(Method::kDelete, "/api/v1/users/boss").status, 204);
}

TEST_F(PeopleTest, WhatIsNoUserIsRefused) {
  EXPECT_EQ(Verdict(PutUser("eva", Json::object())), "400 missing_member");
  EXPECT_EQ(Verdict(PutUser("eva", {{"role", "king"}})), "400 invalid_value");
  EXPECT_EQ(Verdict(PutUser("eva", {{"role", "editor"}, {"password", "short"}})), "400 password_weak");
  EXPECT_EQ(Verdict(PutUser("eva", {{"role", "editor"}, {"disabled", "yes"}})), "400 wrong_type");
  EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/users/eva")), "404 not_found");
  EXPECT_EQ(Verdict(Ask(Method::kDelete, "/api/v1/users/eva")), "404 not_found");
  for (const store::Role role : {store::Role::kViewer, store::Role::kOperator, store::Role::kEditor}) {
    EXPECT_EQ(Verdict(Ask(Method::kGet, "/api/v1/users", "", {}, role)), "403 role_insufficient");
  }
  MakeEva();
  EXPECT_EQ(BodyOf(Ask(Method::kGet, "/api/v1/users/eva")).dump().find("argon2"), std::string::npos);
}

}  // namespace
}  // namespace recado::server
