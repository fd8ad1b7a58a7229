#include "native/server/log.h"

#include <atomic>
#include <chrono>
#include <memory>
#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include "core/base/json.h"

namespace recado::server {
namespace {

// The pattern of JSON ends what the message begins: a comma and the fields stand in the message itself.
constexpr const char* kTextPattern = "%Y-%m-%dT%H:%M:%S.%eZ %l %v";
constexpr const char* kJsonPattern = R"({"time":"%Y-%m-%dT%H:%M:%S.%eZ","level":"%l","message":%v})";

std::atomic<LogFormat> current{LogFormat::kText};

// A value that could be taken for two is quoted.
bool IsPlain(std::string_view value) {
  constexpr std::string_view kSpecial = " =\"\\";
  for (const char c : value) {
    if (static_cast<unsigned char>(c) < 0x21 || kSpecial.find(c) != std::string_view::npos) return false;
  }
  return !value.empty();
}

std::string Quoted(std::string_view text) {
  return Json(std::string(text)).dump(-1, ' ', false, Json::error_handler_t::replace);
}

spdlog::level::level_enum LevelOf(LogLevel level) {
  return level == LogLevel::kWarning ? spdlog::level::warn : spdlog::level::info;
}

bool IsEnd(store::Status status) {
  return status != store::Status::kScheduled && status != store::Status::kDue &&
         status != store::Status::kInFlight;
}

}  // namespace

void StartLog(LogFormat format, LogLevel least) {
  current = format;
  auto logger = spdlog::get("recado");
  // Whoever logs must not wait for whoever reads the log: the storage's one writer is among them.
  if (logger == nullptr) {
    logger = spdlog::create_async_nb<spdlog::sinks::stderr_sink_mt>("recado");
    logger->flush_on(spdlog::level::warn);
    spdlog::flush_every(std::chrono::seconds(1));
  }
  logger->set_pattern(format == LogFormat::kJson ? kJsonPattern : kTextPattern,
                      spdlog::pattern_time_type::utc);
  logger->set_level(LevelOf(least));
  spdlog::set_default_logger(logger);
}

std::string LogText(LogFormat format, std::string_view message, const LogFields& fields) {
  const bool json = format == LogFormat::kJson;
  std::string line = json ? Quoted(message) : std::string(message);
  for (const auto& [name, value] : fields) {
    if (value.empty()) continue;
    if (json) {
      line.append(",\"").append(name).append("\":").append(Quoted(value));
    } else {
      line.append(" ").append(name).append("=").append(IsPlain(value) ? std::string(value) : Quoted(value));
    }
  }
  return line;
}

void LogLine(LogLevel level, std::string_view message, const LogFields& fields) {
  if (!spdlog::should_log(LevelOf(level))) return;
  const std::string line = LogText(current, message, fields);
  spdlog::log(LevelOf(level), "{}", line);
}

void EndLog() {
  spdlog::shutdown();
}

void LogChanges(std::span<const store::Change> changes) {
  for (const store::Change& change : changes) {
    if (change.kind != store::Change::Kind::kDelivery || !IsEnd(change.status)) continue;
    const bool bad = change.status == store::Status::kFailed || change.status == store::Status::kAmbiguous;
    const std::string item = change.entity + "/" + change.entity_id;
    LogLine(bad ? LogLevel::kWarning : LogLevel::kInfo,
            "delivery " + std::string(store::StatusName(change.status)),
            {{"key", change.id},
             {"rule", change.rule_id},
             {"channel", change.channel},
             {"item", item},
             {"reason", change.reason}});
  }
}

}  // namespace recado::server
