#include "native/server/access.h"

#include <filesystem>
#include <gtest/gtest.h>

namespace recado::server {
namespace {

namespace fs = std::filesystem;
using store::Role;

constexpr Instant kNow{1'800'000'000'000};

Instant After(int64_t ms) {
  return {kNow.ms + ms};
}

class AccessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / ("access-" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    store::OpenOptions options;
    options.path = (folder_ / "recado.db").string();
    auto opened = store::OpenSqlite(options);
    ASSERT_TRUE(opened.ok()) << Dump(opened.error());
    store_ = *std::move(opened);
  }
  void TearDown() override {
    store_->Close();
    store_.reset();
    fs::remove_all(folder_);
  }

  static Request With(const std::string& header, const std::string& value, Method method = Method::kGet) {
    Request request;
    request.method = method;
    request.remote = "127.0.0.1";
    request.headers.emplace(header, value);
    return request;
  }
  static std::string CookieValue(const std::string& set_cookie) {
    return set_cookie.substr(0, set_cookie.find(';'));
  }
  static std::string Code(const Diagnostics& faults) {
    return faults.empty() ? "" : std::string(CodeName(faults.front().code));
  }

  fs::path folder_;
  std::unique_ptr<store::Store> store_;
};

TEST_F(AccessTest, TokenIdentifiesUntilRevoked) {
  Access access(*store_, false);
  const auto token = access.MakeToken("shop", Role::kOperator, kNow);
  ASSERT_TRUE(token.ok());
  const auto caller = access.Identify(With("Authorization", "Bearer " + token->secret), kNow);
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->role, Role::kOperator);
  EXPECT_EQ(caller->name, "token shop");
  const auto gone =
      store::Await<store::Unit>([&](auto done) { store_->RevokeToken(HashOf(token->secret), kNow, done); });
  ASSERT_TRUE(gone.ok());
  EXPECT_EQ(Code(access.Identify(With("Authorization", "Bearer " + token->secret), kNow).error()),
            "token_refused");
}

TEST_F(AccessTest, MissingWrongAndForeignCredentialsAreToldApart) {
  Access access(*store_, false);
  EXPECT_EQ(Code(access.Identify(Request(), kNow).error()), "sign_in_required");
  EXPECT_EQ(Code(access.Identify(With("Authorization", "Bearer wrong"), kNow).error()), "token_refused");
  EXPECT_EQ(Code(access.Identify(With("Authorization", "Bearer "), kNow).error()), "token_refused");
  EXPECT_EQ(Code(access.Identify(With("Authorization", "Basic YTpi"), kNow).error()), "sign_in_required");
  EXPECT_EQ(Code(access.Identify(With("Cookie", "recado_session=wrong"), kNow).error()), "sign_in_required");
}

TEST_F(AccessTest, SecretsAreNotInTheStoreInTheClear) {
  Access access(*store_, false);
  const auto token = access.MakeToken("shop", Role::kAdmin, kNow);
  ASSERT_TRUE(token.ok());
  EXPECT_TRUE(token->secret.starts_with(kTokenPrefix));
  const auto tokens = store_->ListTokens();
  ASSERT_TRUE(tokens.ok());
  ASSERT_EQ(tokens->size(), 1U);
  EXPECT_EQ(tokens->front().hash, HashOf(token->secret));
}

TEST_F(AccessTest, LinkSignsInOnce) {
  Access access(*store_, false);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  ASSERT_TRUE(code.ok());
  const auto signed_in = access.RedeemLink(With("X", ""), *code, kNow);
  ASSERT_TRUE(signed_in.ok());
  for (const char* part : {"HttpOnly", "SameSite=Strict", "Path=/"}) {
    EXPECT_NE(signed_in->cookie.find(part), std::string::npos) << part;
  }
  EXPECT_EQ(signed_in->cookie.find("Secure"), std::string::npos);
  const auto caller = access.Identify(With("Cookie", CookieValue(signed_in->cookie)), kNow);
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(caller->role, Role::kAdmin);
  EXPECT_EQ(Code(access.RedeemLink(With("X", ""), *code, kNow).error()), "sign_in_refused");
}

TEST_F(AccessTest, LinkTooOldSignsNobodyIn) {
  Access access(*store_, false);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  EXPECT_EQ(Code(access.RedeemLink(With("X", ""), *code, After(kLinkMs + 1)).error()), "sign_in_refused");
}

TEST_F(AccessTest, CookieBehindHttpsNeverTravelsWithout) {
  Access access(*store_, true);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  EXPECT_NE(access.RedeemLink(With("X", ""), *code, kNow)->cookie.find("; Secure"), std::string::npos);
}

TEST_F(AccessTest, SessionEndsWithTheDay) {
  Access access(*store_, false);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  const auto signed_in = access.RedeemLink(With("X", ""), *code, kNow);
  const Request request = With("Cookie", CookieValue(signed_in->cookie));
  EXPECT_TRUE(access.Identify(request, After(kSessionMs - 1)).ok());
  EXPECT_FALSE(access.Identify(request, After(kSessionMs + 1)).ok());
}

TEST_F(AccessTest, SessionInUseGetsANewCookieAndTheOldOneEnds) {
  Access access(*store_, false);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  const auto signed_in = access.RedeemLink(With("X", ""), *code, kNow);
  const Request old = With("Cookie", CookieValue(signed_in->cookie));
  const auto caller = access.Identify(old, kNow);
  EXPECT_EQ(access.Renew(old, *caller, After(kRenewAfterMs - 1))->cookie, "");
  const auto renewed = access.Renew(old, *caller, After(kRenewAfterMs));
  ASSERT_TRUE(renewed.ok());
  ASSERT_NE(renewed->cookie, "");
  EXPECT_EQ(renewed->session.csrf, caller->csrf) << "other tabs still hold it";
  EXPECT_TRUE(access.Identify(old, After(kRenewAfterMs + kOldCookieMs - 1)).ok());
  EXPECT_FALSE(access.Identify(old, After(kRenewAfterMs + kOldCookieMs + 1)).ok());
  EXPECT_TRUE(access.Identify(With("Cookie", CookieValue(renewed->cookie)), After(kSessionMs)).ok());
}

TEST_F(AccessTest, WriteBySessionNeedsTheCsrfToken) {
  Access access(*store_, false);
  const auto code = access.MakeLink("admin", Role::kAdmin, kLinkMs, kNow);
  const auto signed_in = access.RedeemLink(With("X", ""), *code, kNow);
  const auto caller = access.Identify(With("Cookie", CookieValue(signed_in->cookie)), kNow);
  ASSERT_TRUE(caller.ok());
  EXPECT_EQ(Code(access.Judge(With("X", "", Method::kPost), *caller, Role::kViewer)), "csrf_missing");
  EXPECT_EQ(Code(access.Judge(With("X-CSRF-Token", "wrong", Method::kPost), *caller, Role::kViewer)),
            "csrf_missing");
  EXPECT_EQ(Code(access.Judge(With("X-CSRF-Token", caller->csrf, Method::kPost), *caller, Role::kViewer)),
            "");
  EXPECT_EQ(Code(access.Judge(With("X", "", Method::kGet), *caller, Role::kViewer)), "")
      << "reading changes nothing";
}

TEST_F(AccessTest, RolesRankFromViewerToAdmin) {
  Access access(*store_, false);
  Caller caller;
  for (const Role role : {Role::kViewer, Role::kOperator, Role::kEditor, Role::kAdmin}) {
    for (const Role needed : {Role::kViewer, Role::kOperator, Role::kEditor, Role::kAdmin}) {
      caller.role = role;
      EXPECT_EQ(Code(access.Judge(Request(), caller, needed)), role < needed ? "role_insufficient" : "");
    }
  }
}

TEST_F(AccessTest, DisabledUserIsOutAtOnce) {
  Access access(*store_, false);
  const auto code = access.MakeLink("ann", Role::kEditor, kLinkMs, kNow);
  const auto signed_in = access.RedeemLink(With("X", ""), *code, kNow);
  store::User user = *store_->FindUser("ann");
  user.disabled = true;
  ASSERT_TRUE(store::Await<store::Unit>([&](auto done) { store_->PutUser(user, done); }).ok());
  EXPECT_FALSE(access.Identify(With("Cookie", CookieValue(signed_in->cookie)), kNow).ok());
}

TEST_F(AccessTest, FailedSignInsAreSlowedDownPerAddress) {
  Access access(*store_, false);
  const Request stranger = With("X", "");
  for (int i = 0; i < kMaxFailures; ++i) {
    EXPECT_EQ(Code(access.RedeemLink(stranger, "guess", kNow).error()), "sign_in_refused");
  }
  EXPECT_EQ(Code(access.RedeemLink(stranger, "guess", After(1'000)).error()), "too_many_attempts");
  EXPECT_EQ(Code(access.SignInByToken(stranger, "guess", After(1'000)).error()), "too_many_attempts");
  Request other = stranger;
  other.remote = "127.0.0.2";
  EXPECT_EQ(Code(access.RedeemLink(other, "guess", After(1'000)).error()), "sign_in_refused");
  EXPECT_EQ(Code(access.RedeemLink(stranger, "guess", After(kFailureWindowMs)).error()), "sign_in_refused");
}

TEST(Throttle, RemembersABoundedNumberOfAddresses) {
  Throttle throttle;
  for (size_t i = 0; i < kMaxWatched + 100; ++i)
    throttle.Failed("a" + std::to_string(i), After(static_cast<int64_t>(i)));
  for (int i = 0; i < kMaxFailures; ++i) throttle.Failed("last", After(20'000));
  EXPECT_GT(throttle.Wait("last", After(20'000)), 0);
}

}  // namespace
}  // namespace recado::server
