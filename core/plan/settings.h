// Settings: what holds for one item, out of the workspace and the snapshot's own workspace (formats §2).
//
// A view over both, made for each decision; nothing is copied. Where the workspace is not closed (no
// --workspace), the snapshot's own comes first. Private to the room.
#pragma once

#include "core/crm/snapshot.h"
#include "core/crm/workspace.h"

namespace recado::plan {

class Settings {
 public:
  Settings(const crm::Workspace& workspace, const crm::Snapshot& snapshot)
      : first_(workspace.closed || !snapshot.workspace ? workspace : *snapshot.workspace),
        second_(workspace),
        client_(snapshot.client()) {}

  bool closed() const { return second_.closed; }
  std::string_view name() const { return Pick(&crm::Workspace::name); }
  std::string_view region() const { return Pick(&crm::Workspace::default_region); }
  std::string_view currency() const { return Pick(&crm::Workspace::currency); }
  std::string_view zone() const { return Pick(&crm::Workspace::time_zone); }
  std::string_view workspace_language() const { return Pick(&crm::Workspace::language); }

  // The client's own, else the workspace's.
  std::string_view client_zone() const {
    return client_ != nullptr && !client_->time_zone.empty() ? std::string_view(client_->time_zone) : zone();
  }
  std::string_view language() const {
    return client_ != nullptr && !client_->language.empty() ? std::string_view(client_->language)
                                                            : workspace_language();
  }

  const crm::Provider* FindProvider(std::string_view id) const {
    return Find(id, &crm::Workspace::FindProvider);
  }
  const crm::Provider* FindLine(std::string_view id) const { return Find(id, &crm::Workspace::FindLine); }
  const crm::Provider* FindMailbox(std::string_view address) const {
    return Find(address, &crm::Workspace::FindMailbox);
  }
  const crm::Calendar* FindCalendar(std::string_view id) const {
    return Find(id, &crm::Workspace::FindCalendar);
  }
  const std::optional<crm::TimeSpan>& quiet_hours() const {
    return first_.quiet_hours ? first_.quiet_hours : second_.quiet_hours;
  }
  const std::vector<crm::Provider>& providers() const { return second_.providers; }

 private:
  std::string_view Pick(std::string crm::Workspace::*member) const {
    return (first_.*member).empty() ? second_.*member : first_.*member;
  }
  template <class T>
  const T* Find(std::string_view id, const T* (crm::Workspace::*find)(std::string_view) const) const {
    const T* found = (first_.*find)(id);
    return found != nullptr ? found : (second_.*find)(id);
  }

  const crm::Workspace& first_;
  const crm::Workspace& second_;
  const crm::Card* client_;
};

}  // namespace recado::plan
