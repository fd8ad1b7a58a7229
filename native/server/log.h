// Log: a line for what an administrator wants to find again, on stderr, as text or as JSON.
//
//   2026-11-22T09:30:00.123Z info delivery accepted key=3865d75f… rule=deal-paid-sms channel=sms
//   item=deal/D-7
//   {"time":"2026-11-22T09:30:00.123Z","level":"info","message":"delivery accepted","key":"3865d75f…",…}
//
// Keys of deliveries, ids of rules and items: never an address, a content or a secret.
//
// Threads: any; lines are written whole. StartLog and EndLog from one.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "native/store/rows.h"

namespace recado::server {

enum class LogFormat : uint8_t { kText, kJson };
enum class LogLevel : uint8_t { kInfo, kWarning };

// Before the first line; again: format and level change. Lines less grave than `least` are left out. A thread
// of its own writes; where it can't keep up, the oldest lines are dropped: nobody waits for the log.
void StartLog(LogFormat format, LogLevel least = LogLevel::kInfo);
// Writes what is left. Lines after it are lost.
void EndLog();

using LogFields = std::vector<std::pair<std::string_view, std::string_view>>;
// What the pattern of the log makes of a message and its fields: for LogLine, and for tests.
std::string LogText(LogFormat format, std::string_view message, const LogFields& fields);

void LogLine(LogLevel level, std::string_view message, const LogFields& fields);

// One line for each delivery that has got somewhere: accepted, delivered, failed, ambiguous, skipped,
// cancelled. What is merely on its way is not said.
void LogChanges(std::span<const store::Change> changes);

}  // namespace recado::server
