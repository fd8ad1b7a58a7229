#include "native/server/pages.h"

#include <fstream>
#include <gtest/gtest.h>

namespace recado::server {
namespace {

namespace fs = std::filesystem;

class PagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    root_ = fs::path(::testing::TempDir()) / ("pages-" + std::to_string(::getpid()));
    fs::remove_all(root_);
    Write("dist/index.html", "<!doctype html>page");
    Write("dist/assets/app-BsX19a_f.js", "script");
    Write("dist/assets/app-BsX19a_f.js.br", "packed-br");
    Write("dist/assets/app-BsX19a_f.js.gz", "packed-gz");
    Write("dist/.env", "hidden");
    Write("core/recado_core.wasm", "wasm");
    Write("secret.txt", "secret");
    fs::create_symlink(root_ / "secret.txt", root_ / "dist/link.txt");
  }
  void TearDown() override { fs::remove_all(root_); }

  void Write(const std::string& name, const std::string& text) {
    fs::create_directories((root_ / name).parent_path());
    std::ofstream(root_ / name) << text;
  }

  Response Get(const std::string& target, const std::string& encodings = "", const std::string& etag = "") {
    Request request;
    EXPECT_TRUE(ParseTarget(target, request)) << target;
    if (!encodings.empty()) request.headers.emplace("Accept-Encoding", encodings);
    if (!etag.empty()) request.headers.emplace("If-None-Match", etag);
    return Pages(root_ / "dist", root_ / "core").Serve(request);
  }

  fs::path root_;
};

TEST_F(PagesTest, ServesFilesWithTheirTypes) {
  EXPECT_EQ(Get("/").Body(), "<!doctype html>page");
  EXPECT_EQ(Get("/").Header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_EQ(Get("/core/recado_core.wasm").Header("Content-Type"), "application/wasm");
}

TEST_F(PagesTest, OwnAddressesOfThePageGetTheIndex) {
  EXPECT_EQ(Get("/rules/payment-received").Body(), "<!doctype html>page");
  EXPECT_EQ(Get("/no-such.js").status, 404);
  EXPECT_EQ(Get("/api/v1/nothing").status, 404);
  EXPECT_EQ(Get("/core/nothing").status, 404);
}

TEST_F(PagesTest, NothingOutsideTheFoldersIsEverServed) {
  for (const char* target :
       {"/../secret.txt", "/..%2fsecret.txt", "/assets/../../secret.txt", "/%2e%2e/secret.txt",
        "/core/../secret.txt", "/core/..%2f..%2fsecret.txt", "/link.txt", "//secret.txt", "/.env",
        "/assets/..%5c..%5csecret.txt", "/%2fetc/passwd.txt", "/core//etc/passwd.txt"}) {
    const Response response = Get(target);
    EXPECT_NE(response.Body(), "secret") << target;
    EXPECT_NE(response.Body(), "hidden") << target;
    EXPECT_EQ(response.status, 404) << target;
  }
}

TEST_F(PagesTest, PackedFormGoesToWhoTakesIt) {
  const Response packed = Get("/assets/app-BsX19a_f.js", "gzip, deflate, br");
  EXPECT_EQ(packed.Body(), "packed-br");
  EXPECT_EQ(packed.Header("Content-Encoding"), "br");
  EXPECT_EQ(packed.Header("Content-Type"), "text/javascript; charset=utf-8");
  EXPECT_EQ(packed.Header("Vary"), "Accept-Encoding");
  EXPECT_EQ(Get("/assets/app-BsX19a_f.js", "gzip").Body(), "packed-gz");
  EXPECT_EQ(Get("/assets/app-BsX19a_f.js", "br;q=0").Body(), "script");
  EXPECT_EQ(Get("/assets/app-BsX19a_f.js").Header("Content-Encoding"), "");
}

TEST_F(PagesTest, PackedFormOlderThanTheFileIsLeftAlone) {
  const fs::path packed = root_ / "dist/assets/app-BsX19a_f.js.br";
  fs::last_write_time(packed, fs::last_write_time(packed) - std::chrono::hours(1));
  EXPECT_EQ(Get("/assets/app-BsX19a_f.js", "br").Body(), "script");
}

TEST_F(PagesTest, HashedNamesAreKeptForEverOthersAskedForAgain) {
  EXPECT_EQ(Get("/assets/app-BsX19a_f.js").Header("Cache-Control"), "public, max-age=31536000, immutable");
  const Response first = Get("/");
  EXPECT_EQ(first.Header("Cache-Control"), "no-cache");
  const Response again = Get("/", "", std::string(first.Header("ETag")));
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.Body(), "");
}

TEST_F(PagesTest, ChangedFileIsReadAnew) {
  Pages pages(root_ / "dist", root_ / "core");
  Request request;
  ASSERT_TRUE(ParseTarget("/", request));
  EXPECT_EQ(pages.Serve(request).Body(), "<!doctype html>page");
  Write("dist/index.html", "<!doctype html>newer page");
  EXPECT_EQ(pages.Serve(request).Body(), "<!doctype html>newer page");
}

TEST(PagesWithoutBuild, SayHowToBuildThem) {
  Request request;
  ASSERT_TRUE(ParseTarget("/", request));
  const Response response = Pages("/nonexistent/dist", "/nonexistent/core").Serve(request);
  EXPECT_EQ(response.status, 200);
  EXPECT_NE(response.Body().find("has not been built"), std::string_view::npos);
}

TEST(HashedName, IsToldFromAnOrdinaryOne) {
  EXPECT_TRUE(HasHashedName("assets/index-BsX19a-f.js"));
  EXPECT_TRUE(HasHashedName("index-12345678.css"));
  EXPECT_FALSE(HasHashedName("my-carousel.js"));
  EXPECT_FALSE(HasHashedName("index.html"));
  EXPECT_FALSE(HasHashedName("recado_core.wasm"));
  EXPECT_FALSE(HasHashedName("-BsX19a_f.js"));
}

TEST(AcceptEncoding, HonoursWeightsOfNought) {
  EXPECT_TRUE(TakesEncoding("gzip;q=0.5, br", "br"));
  EXPECT_TRUE(TakesEncoding("gzip;q=0.5", "gzip"));
  EXPECT_FALSE(TakesEncoding("gzip;q=0", "gzip"));
  EXPECT_FALSE(TakesEncoding("gzip; q=0.000", "gzip"));
  EXPECT_FALSE(TakesEncoding("brotli", "br"));
  EXPECT_FALSE(TakesEncoding("", "br"));
}

}  // namespace
}  // namespace recado::server
