// The conditions of what the dispatcher asks of deliveries all the time. They stand here so that a test can
// hold SQLite's own plan of each against an index: one that walks the table costs nothing with a hundred
// rows and everything with a million (tests/native/store/plans_test.cc). Internal to store/.
#pragma once

namespace recado::store::sql {

inline constexpr const char* kDue =
    " FROM deliveries WHERE next_at IS NOT NULL AND next_at <= ? ORDER BY next_at, seq LIMIT ?";
inline constexpr const char* kNextDue =
    " FROM deliveries WHERE next_at IS NOT NULL AND next_at > ? ORDER BY next_at, seq LIMIT 1";
inline constexpr const char* kInFlight = " FROM deliveries WHERE status = 2 AND seq > ? ORDER BY seq LIMIT ?";
inline constexpr const char* kOpenOfItem =
    " FROM deliveries WHERE entity_id = ? AND entity = ? AND status IN (0, 1) ORDER BY seq";
inline constexpr const char* kGated =
    " FROM deliveries WHERE held = 'gate' AND status = 1 AND provider = ? AND customer > ? ORDER BY "
    "customer, seq LIMIT 1";
inline constexpr const char* kGatedProviders =
    " FROM deliveries INDEXED BY deliveries_gated WHERE held = 'gate' AND status = 1 AND provider > ? ORDER "
    "BY provider LIMIT 1";
inline constexpr const char* kRetryAhead =
    " FROM deliveries WHERE retrying = 1 AND customer = ? AND channel = ? AND seq < ?";
inline constexpr const char* kAnyRetrying = " FROM deliveries WHERE retrying = 1 LIMIT 1";
inline constexpr const char* kPreviousOpen =
    " FROM deliveries WHERE event_seq = ? AND position < ? AND status IN (0, 1, 2, 6) AND NOT (status = 6 "
    "AND next_at IS NULL) LIMIT 1";
inline constexpr const char* kWaitsForPrevious =
    " FROM deliveries WHERE event_seq = ? AND held = 'previous' LIMIT 1";
inline constexpr const char* kAnyWaiting = " FROM deliveries WHERE held = 'previous' LIMIT 1";
// What leaving a stage or deleting a record stops.
inline constexpr const char* kStopped =
    " WHERE entity_id = ? AND entity = ? AND status IN (0, 1) AND NOT (pipeline = ? AND stage = ?) AND (? OR "
    "due > ? OR attempts > 0 OR held <> '')";

}  // namespace recado::store::sql
