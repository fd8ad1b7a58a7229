// Which address of the client a message goes to (formats §1 "Recipient").
//
// The client is chosen by the snapshot; here one of its phones, e-mails or chats is. A type that is not there
// is the end of it: no other type, contact or company is tried.
// Private to the room.
#pragma once

#include <string_view>
#include <variant>

#include "core/plan/plan.h"
#include "core/plan/settings.h"

namespace recado::plan {

// The address, or no_phone, no_phone_of_type, phone_invalid, no_email … for the reason.
using Resolved = std::variant<Recipient, Diagnostic>;

// The client must be there.
Resolved ResolvePhone(const crm::Snapshot& snapshot, std::string_view type, const Settings& settings);
Resolved ResolveEmail(const crm::Snapshot& snapshot, std::string_view type, bool use_last);
Resolved ResolveChat(const crm::Snapshot& snapshot);

// The last created chat; null: none.
const crm::Chat* LastChat(const crm::Card& card);

// Whether the client's own list has this address: numbers by E.164, all else without regard to case.
bool IsSuppressed(const crm::Card& card, std::string_view address, const Settings& settings);

}  // namespace recado::plan
