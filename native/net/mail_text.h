// Mail headers as text: addresses, subjects, names of files, dates, ids. Pure functions; bodies and transport
// encodings are libcurl's (curl_mime), which writes header lines as they are given.
//
// Nothing that comes from a template, a CRM card or a file name can end a header line early: every function
// here gives text in which CR and LF occur only as a fold ("\r\n" before a space), and control characters are
// gone. Sources: RFC 5322 (headers), RFC 2047 (encoded words), RFC 2231 (parameters), RFC 5321 (paths).
#pragma once

#include <string>
#include <string_view>

#include "core/base/instant.h"

namespace recado::net {

// Whether `address` can stand in an envelope and in a header as it is: local@domain, printable ASCII without
// spaces and specials that would need quoting, at most kMaxAddressBytes. Others are refused, never repaired.
bool IsMailAddress(std::string_view address);

// One line: runs of control characters (line breaks among them) become one space, malformed UTF-8 U+FFFD,
// both ends trimmed.
std::string OneLine(std::string_view text);

// A whole "Name: value" line for unstructured text such as a subject. ASCII that fits the line stays as it
// is, anything else becomes encoded words of whole characters, folded at kMaxHeaderLine.
std::string TextHeader(std::string_view name, std::string_view value);

// `From: "Shop, Main" <sales@shop.example>`. `address` must be IsMailAddress; an empty display name gives the
// bare address.
std::string AddressHeader(std::string_view name, std::string_view display_name, std::string_view address);

// `List-Unsubscribe: <https://…>` (RFC 2369). Whatever could end the brackets or the line is taken out: our
// own addresses hold nothing of the kind. Not folded: an address is one word.
std::string UrlHeader(std::string_view name, std::string_view url);

// `Content-Disposition: attachment; filename="a.pdf"`; a name that is not plain ASCII as RFC 2231 has it
// (filename*=UTF-8''…, continued over lines where it is long). Path separators become "_".
std::string DispositionHeader(std::string_view file_name);

// "Sun, 22 Nov 2026 09:30:00 +0000". Seconds; the milliseconds are dropped.
std::string MailDate(Instant when);

// "<key@domain of the sender's address>": the same for every attempt, so that a doubled mail shows as one.
std::string MessageId(std::string_view key, std::string_view sender_address);

// By the extension, "application/octet-stream" where it is not known.
std::string_view ContentTypeOf(std::string_view file_name);

// Line ends as mail wants them: LF, CR and CRLF become CRLF. Without it libcurl's quoted-printable would
// write a bare LF as "=0A".
std::string WithCrlf(std::string_view text);

}  // namespace recado::net
