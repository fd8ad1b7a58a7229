#include "native/store/rows.h"

#include <algorithm>
#include <iterator>

namespace recado::store {
namespace {

constexpr std::string_view kStatusNames[] = {"scheduled", "due",       "in_flight", "accepted", "delivered",
                                             "failed",    "ambiguous", "cancelled", "skipped"};
constexpr std::string_view kRoleNames[] = {"viewer", "operator", "editor", "admin"};

constexpr std::string_view kSuppressionNames[] = {"unsubscribed", "stop_word", "hard_bounce",
                                                  "complaint",    "manual",    "import"};

template <class Enum, size_t size>
std::optional<Enum> Find(const std::string_view (&names)[size], std::string_view name) {
  const auto* found = std::find(std::begin(names), std::end(names), name);
  if (found == std::end(names)) return std::nullopt;
  return static_cast<Enum>(found - std::begin(names));
}

}  // namespace

std::string_view StatusName(Status status) {
  return kStatusNames[static_cast<size_t>(status)];
}

std::optional<Status> StatusFromName(std::string_view name) {
  return Find<Status>(kStatusNames, name);
}

bool IsFinal(Status status) {
  switch (status) {
    case Status::kDelivered:
    case Status::kFailed:
    case Status::kCancelled:
    case Status::kSkipped:
      return true;
    case Status::kScheduled:
    case Status::kDue:
    case Status::kInFlight:
    case Status::kAccepted:  // may still become delivered
    case Status::kAmbiguous:
      return false;
  }
  return false;
}

std::string_view ImportStateName(ImportState state) {
  switch (state) {
    case ImportState::kRunning:
      return "running";
    case ImportState::kDone:
      return "done";
    case ImportState::kStopped:
      break;
  }
  return "stopped";
}

std::string_view SuppressionKindName(SuppressionKind kind) {
  return kSuppressionNames[static_cast<size_t>(kind)];
}

std::optional<SuppressionKind> SuppressionKindFromName(std::string_view name) {
  return Find<SuppressionKind>(kSuppressionNames, name);
}

std::string ListedAddress(std::string_view channel, std::string_view address) {
  std::string out(address);
  if (channel != "email") return out;
  std::transform(out.begin(), out.end(), out.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  return out;
}

std::string_view RoleName(Role role) {
  return kRoleNames[static_cast<size_t>(role)];
}

std::optional<Role> RoleFromName(std::string_view name) {
  return Find<Role>(kRoleNames, name);
}

}  // namespace recado::store
