// How people call what a record of the directory is about: lists show this beside ids and addresses.
#pragma once

#include <string_view>

#include "core/base/json.h"

namespace recado::server {

// {"title": "City bike", "client": "Ana Souza"}: the card's title; the name of the first contact, else of the
// company, else of the card itself (a lead is its own client). What is not known is not there.
Json ItemWords(const Json& snapshot, std::string_view entity);

}  // namespace recado::server
