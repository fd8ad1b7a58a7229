#include "native/net/encode.h"

#include <gtest/gtest.h>

namespace recado::net {
namespace {

// RFC 4648 §10.
TEST(Base64, VectorsOfTheRfc) {
  const char* rows[][2] = {{"", ""},
                           {"f", "Zg=="},
                           {"fo", "Zm8="},
                           {"foo", "Zm9v"},
                           {"foob", "Zm9vYg=="},
                           {"fooba", "Zm9vYmE="},
                           {"foobar", "Zm9vYmFy"},
                           {"\xFF\xFE", "//4="}};
  for (const auto& [bytes, text] : rows) EXPECT_EQ(Base64(bytes), text);
}

TEST(PercentEncode, OnlyUnreservedCharactersStay) {
  EXPECT_EQ(PercentEncode("aZ09-._~"), "aZ09-._~");
  EXPECT_EQ(PercentEncode("+ &=%/?#\r\n\"'é"), "%2B%20%26%3D%25%2F%3F%23%0D%0A%22%27%C3%A9");
}

TEST(XmlEscape, EntitiesAndNoControlCharacters) {
  EXPECT_EQ(XmlEscape("<a b=\"1\">'x' & y</a>"), "&lt;a b=&quot;1&quot;&gt;&apos;x&apos; &amp; y&lt;/a&gt;");
  EXPECT_EQ(XmlEscape(std::string_view("a\0\x1b\n\té", 7)), "a\n\té");
}

TEST(FormEncode, KeepsOrderAndRepeatedNames) {
  EXPECT_EQ(FormEncode({{"To", "+49 30"}, {"a&b", "c=d"}, {"To", ""}}), "To=%2B49%2030&a%26b=c%3Dd&To=");
  EXPECT_EQ(FormEncode({}), "");
}

std::string Dump(const Fields& fields) {
  std::string out;
  for (const auto& [name, value] : fields) out += "[" + name + "|" + value + "]";
  return out;
}

TEST(FormDecode, Table) {
  const char* rows[][2] = {{"a=b&c=d", "[a|b][c|d]"},
                           {"a=1+2%203", "[a|1 2 3]"},
                           {"a", "[a|]"},
                           {"&&a=&", "[a|]"},
                           {"=x", "[|x]"},
                           {"a=%4", "[a|%4]"},
                           {"a=%zz%4a", "[a|%zzJ]"},
                           {"a=b=c", "[a|b=c]"},
                           {"", ""}};
  for (const auto& [text, fields] : rows) EXPECT_EQ(Dump(FormDecode(text)), fields) << text;
}

TEST(FormDecode, ReadsWhatFormEncodeWrites) {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) all += static_cast<char>(byte);
  const Fields fields = {{"name " + all, all}, {"b", ""}};
  EXPECT_EQ(FormDecode(FormEncode(fields)), fields);
}

}  // namespace
}  // namespace recado::net
