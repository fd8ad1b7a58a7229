// Base64, percent, form and XML encoding: the wrappings requests and mails need. Pure.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace recado::net {

// RFC 4648 §4, with padding, on one line.
std::string Base64(std::string_view bytes);

// Everything but RFC 3986's unreserved characters (letters, digits, - . _ ~) becomes %XX.
std::string PercentEncode(std::string_view bytes);

// The five characters of XML as entities; control characters that XML 1.0 does not have are left out.
std::string XmlEscape(std::string_view text);

// Fields of a form or of a query in the order given; names may repeat.
using Fields = std::vector<std::pair<std::string, std::string>>;

// "To=%2B4930&Body=a%20b": application/x-www-form-urlencoded with %20 for the space, which every server reads
// and which serves for queries too.
std::string FormEncode(const Fields& fields);

// The reverse, for webhooks: '+' is a space; a broken % stays as it is. Never fails.
Fields FormDecode(std::string_view text);

}  // namespace recado::net
