// A composed message as JSON and back: how it rests in the store between composing and the vendor's answer,
// so that every attempt sends the same bytes.
#pragma once

#include <string>
#include <string_view>

#include "core/base/json.h"
#include "core/plan/plan.h"

namespace recado::store {

// {"channel","provider","to":{…},"content":{…},"sms"?:{…},"wire":{…}}: `to`, `content` and `sms` as formats
// §4 shows them and as the API gives them; `wire` is what sending needs and is read back.
Json PackMessage(const plan::Message& message);
// UnpackMessage(PackMessage(m)) sends the same bytes as m. Of the SMS count only the sums are restored.
// Error: store_corrupt.
Result<plan::Message> UnpackMessage(std::string_view json);

}  // namespace recado::store
