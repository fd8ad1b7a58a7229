#include "native/server/news.h"

#include <algorithm>
#include <charconv>

namespace recado::server {

// One open stream. Pushed to by News, drained by the wire.
class News::Reader : public Feed {
 public:
  bool Drain(std::string& out) override {
    const std::lock_guard lock(mutex_);
    out.append(unread_);
    unread_.clear();
    return !ended_;
  }

  void OnNews(std::function<void()> wake) override {
    const std::lock_guard lock(mutex_);
    wake_ = std::move(wake);
  }

  void Push(std::string_view text) {
    Change([&] {
      if (unread_.size() + text.size() > kMaxUnreadBytes) {
        ended_ = true;
      } else {
        unread_.append(text);
      }
    });
  }

  void End() {
    Change([this] { ended_ = true; });
  }

 private:
  template <class Apply>
  void Change(Apply apply) {
    std::function<void()> wake;
    {
      const std::lock_guard lock(mutex_);
      apply();
      wake = wake_;
    }
    if (wake) wake();
  }

  std::mutex mutex_;
  std::string unread_;
  bool ended_ = false;
  std::function<void()> wake_;
};

std::string_view NewsName(store::Change::Kind kind) {
  using Kind = store::Change::Kind;
  switch (kind) {
    case Kind::kDelivery:
      return "delivery";
    case Kind::kEvents:
    case Kind::kReleased:
      return "";
    case Kind::kRule:
      return "rule";
    case Kind::kProvider:
      return "provider";
    case Kind::kDocument:
      return "settings";
    case Kind::kRecord:
      return "record";
    case Kind::kFile:
      return "file";
    case Kind::kSuppression:
      return "suppression";
    case Kind::kSandbox:
      return "sandbox";
    case Kind::kPause:
      return "pause";
    case Kind::kImport:
      return "import";
    case Kind::kIncoming:
      return "incoming";
    case Kind::kChat:
      return "chat";
    case Kind::kReport:
      return "";
  }
  return "";
}

Json NewsJson(const store::Change& change) {
  if (change.kind != store::Change::Kind::kDelivery) return {{"id", change.id}};
  Json json = {{"key", change.id},        {"status", store::StatusName(change.status)},
               {"rule", change.rule_id},  {"channel", change.channel},
               {"entity", change.entity}, {"entity_id", change.entity_id}};
  if (!change.reason.empty()) json["reason"] = change.reason;
  return json;
}

std::string News::TextOf(const Entry& entry) const {
  return "id: " + epoch_ + "-" + std::to_string(entry.number) +
         "\nevent: " + std::string(NewsName(entry.change.kind)) +
         "\ndata: " + DumpJson(NewsJson(entry.change)) + "\n\n";
}

void News::Tell(std::span<const store::Change> changes) {
  std::string text;
  const std::lock_guard lock(mutex_);
  std::erase_if(readers_, [](const auto& reader) { return reader.expired(); });
  for (const store::Change& change : changes) {
    if (NewsName(change.kind).empty()) continue;
    kept_.push_back({next_++, change});
    if (!readers_.empty()) text += TextOf(kept_.back());
    if (kept_.size() > kKeptNews) kept_.pop_front();
  }
  if (text.empty()) return;
  for (const auto& weak : readers_) {
    if (const auto reader = weak.lock()) reader->Push(text);
  }
}

std::string News::Missed(std::string_view last_event_id) const {
  if (last_event_id.empty()) return {};
  std::string resync = "event: resync\ndata: {}\n\n";
  if (!last_event_id.starts_with(epoch_ + "-")) return resync;
  last_event_id.remove_prefix(epoch_.size() + 1);
  int64_t last = 0;
  const auto [end, error] =
      std::from_chars(last_event_id.data(), last_event_id.data() + last_event_id.size(), last);
  if (error != std::errc() || end != last_event_id.data() + last_event_id.size()) return resync;
  if (last >= next_ || (!kept_.empty() && last + 1 < kept_.front().number)) return resync;
  std::string out;
  for (const Entry& entry : kept_) {
    if (entry.number > last) out += TextOf(entry);
  }
  return out;
}

std::shared_ptr<Feed> News::Open(std::string_view last_event_id) {
  const std::lock_guard lock(mutex_);
  std::erase_if(readers_, [](const auto& reader) { return reader.expired(); });
  if (closed_ || readers_.size() >= kMaxReaders) return nullptr;
  auto reader = std::make_shared<Reader>();
  reader->Push("retry: 2000\n\n" + Missed(last_event_id));
  readers_.push_back(reader);
  return reader;
}

void News::Close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  for (const auto& weak : readers_) {
    if (const auto reader = weak.lock()) reader->End();
  }
}

}  // namespace recado::server
