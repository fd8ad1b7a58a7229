#include "core/phone/number.h"

#include <gtest/gtest.h>
#include <string>

namespace recado::phone {
namespace {

struct Phone {
  const char* region;
  const char* text;
  const char* e164;  // "" : no number
};

TEST(Phone, ReadsNumbersAsPeopleWriteThem) {
  const Phone rows[] = {
      {"BR", "+55 11 3091-0000", "+551130910000"},
      {"", "+55 (11) 91234-5678", "+5511912345678"},
      {"BR", "(11) 91234-5678", "+5511912345678"},
      {"BR", "011 91234-5678", "+5511912345678"},
      {"BR", "0 15 11 91234-5678", "+5511912345678"},  // carrier code 15
      {"BR", "5511912345678", "+5511912345678"},       // plus forgotten
      {"DE", "0049 30 123456", "+4930123456"},
      {"DE", "030/123456", "+4930123456"},
      {"US", "011 49 30 123456", "+4930123456"},
      {"US", "(645) 123-1234 ext. 910", "+16451231234"},
      {"US", "645.123.1234x12", "+16451231234"},
      {"US", "+1 645 123 1234;ext=12", "+16451231234"},
      {"IT", "06 1234 5678", "+390612345678"},  // the zero belongs to the number
      {"AR", "011 15 2345-6789", "+5491123456789"},
      {"AR", "0351 15 234-5678", "+5493512345678"},
      {"MX", "55 1234 5678", "+525512345678"},
      {"GB", "020 7031 3000", "+442070313000"},
      {"GB", "+44 (0)20 7031 3000", "+442070313000"},
      {"GG", "722345", "+441481722345"},  // the area code is filled in
      {"PL", "512 345 678", "+48512345678"},
      {"BY", "8 029 491-19-11", "+375294911911"},
      {"BY", "801 123 45 67", "+3758011234567"},  // its 8 is no prefix: without it there is no such number
      {"BY", "8 801 123 45 67", "+3758011234567"},
      {"", "+٤٤ ٢٠ ٧٠٣١ ٣٠٠٠", "+442070313000"},
      {"", "＋４４ ２０ ７０３１ ３０００", "+442070313000"},
      {"IN", "०९८७६५४३२१०", "+919876543210"},
      {"", "+800 1234 5678", "+80012345678"},
      {"", "Tel.: +49 30 123456 (office)", "+4930123456"},
  };
  for (const Phone& row : rows) EXPECT_EQ(ToE164(row.text, row.region).value_or(""), row.e164) << row.text;
}

TEST(Phone, RefusesWhatIsNoNumber) {
  const Phone rows[] = {
      {"BR", "", ""},
      {"BR", "   ", ""},
      {"BR", "none", ""},
      {"BR", "1", ""},
      {"BR", "123", ""},
      {"", "11 91234-5678", ""},
      {"XX", "11912345678", ""},
      {"", "+0 123 456 789", ""},
      {"", "+999 123456", ""},
      {"", "+55 11", ""},
      {"BR", "11 91234 ABCD", ""},
      {"", "+5511912345678901234", ""},
      {"BR", "ana@example.com", ""},
      {"DE", "0", ""},
      {"US", "+", ""},
      {"", "++", ""},
  };
  for (const Phone& row : rows) EXPECT_EQ(ToE164(row.text, row.region).value_or(""), row.e164) << row.text;
  EXPECT_EQ(ToE164("+49" + std::string(300, ' ') + "30123456", "DE"), std::nullopt);
}

TEST(Phone, GroupsNumbersForPeople) {
  EXPECT_EQ(FormatNational("+5511912345678"), "(11) 91234-5678");
  EXPECT_EQ(FormatInternational("+5511912345678"), "+55 11 91234 5678");
  EXPECT_EQ(FormatNational("+390612345678"), "06 1234 5678");
  EXPECT_EQ(FormatNational("+442070313000"), "020 7031 3000");
  EXPECT_EQ(FormatInternational("+16451231234"), "+1 645 123 1234");
  EXPECT_EQ(FormatNational("nonsense"), "nonsense");
}

TEST(Phone, KnowsTheRegionOfANumber) {
  EXPECT_EQ(RegionOf("+5511912345678"), "BR");
  EXPECT_EQ(RegionOf("+12423456789"), "BS");
  EXPECT_EQ(RegionOf("+77012345678"), "KZ");
  EXPECT_EQ(RegionOf("+79012345678"), "RU");
  EXPECT_EQ(RegionOf("+80012345678"), "001");
  EXPECT_EQ(RegionOf("+999123"), "");
}

// What is E.164 already stays as it is, for every region of the table.
TEST(Phone, IsIdempotent) {
  for (const char* e164 : {"+5511912345678", "+390612345678", "+5491123456789", "+441481722345",
                           "+80012345678", "+4930123456"}) {
    EXPECT_EQ(ToE164(e164, ""), e164);
    EXPECT_EQ(ToE164(e164, "US"), e164);
  }
}

}  // namespace
}  // namespace recado::phone
