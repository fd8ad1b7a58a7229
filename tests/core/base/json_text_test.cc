#include "core/base/json_text.h"

#include <gtest/gtest.h>

#include "core/base/json.h"

namespace recado {
namespace {

TEST(JsonText, IsWhatADumpOfTheTextWouldBe) {
  const std::string_view texts[] = {"",
                                    "Ana",
                                    "a \"quoted\" word",
                                    "back\\slash",
                                    "line\nbreak\tand tab",
                                    std::string_view("a\0b", 3),
                                    "\x1f\x20\x7e\x7f",
                                    "São Paulo, Grüße, \xE2\x82\xAC, \xF0\x9F\x98\x80",
                                    "\xE2\x80\xA8",      // a line separator stays as it is
                                    "broken \xC3 here",  // becomes U+FFFD
                                    "\xED\xA0\x80"};     // a surrogate
  for (const std::string_view text : texts) {
    std::string out = "x";
    AppendJsonText(out, text);
    EXPECT_EQ(out, "x" + DumpJson(Json(text)));
  }
}

}  // namespace
}  // namespace recado
