// The variables that a message's templates and a rule's conditions see. Private to the room and the language
// border.
#pragma once

#include <string_view>

#include "core/base/instant.h"
#include "core/liquid/value.h"
#include "core/plan/settings.h"

namespace recado::plan {

// The snapshot's members and what only this moment knows: `now`, `workspace` where the snapshot has none, and
// `invite.link` and `unsubscribe_url` unless they are empty. Shares the snapshot's tree, so the snapshot must
// outlive it.
liquid::Document Variables(const crm::Snapshot& snapshot, const Settings& settings, Instant now,
                           std::string_view invite_link, std::string_view unsubscribe_url = {});

}  // namespace recado::plan
