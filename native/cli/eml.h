// An e-mail as a file that mail programs open (.eml: RFC 5322, MIME), for `recado preview --format eml`.
//
// Only for looking at: what the service sends is put together by curl_mime on its way out. Text parts are
// base64, so any line length and any character survive.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/instant.h"

namespace recado::cli {

struct EmlAttachment {
  std::string name;
  std::string bytes;
};

struct Eml {
  std::string from;
  std::string to;
  std::string subject;
  std::optional<std::string> text;
  std::optional<std::string> html;
  std::vector<EmlAttachment> attachments;
  std::string
      key;  // the intent's key: Message-ID and boundaries are made of it, so the file is the same every time
  Instant date;
};

std::string ToEml(const Eml& mail);

// "=?utf-8?B?…?=" words of at most 75 characters where the text is not printable ASCII (RFC 2047), never
// cutting a character; the text itself otherwise. Line breaks, which would begin a new header, become spaces.
std::string EncodeHeader(std::string_view text);

std::string Base64(std::string_view bytes);

}  // namespace recado::cli
