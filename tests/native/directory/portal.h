// A Bitrix24 account on loopback that answers as the documented API does, as far as it is used here: batch,
// pages of fifty, errors with their codes and statuses.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "native/net/encode.h"
#include "native/server/wire.h"

namespace recado::directory {

class Portal : public server::WireHandler {
 public:
  Portal() {
    server::WireOptions options;
    options.port = 0;
    options.workers = 2;
    auto wire = server::StartWire(options, *this);
    wire_ = *std::move(wire);
  }
  ~Portal() override { wire_->Stop(std::chrono::milliseconds(0)); }

  std::string url() const { return "http://127.0.0.1:" + std::to_string(wire_->port()); }
  void Put(int type, int id, Json item) {
    const std::lock_guard lock(mutex_);
    item["id"] = id;
    items_[{type, std::to_string(id)}] = std::move(item);
  }
  void Remove(int type, int id) {
    const std::lock_guard lock(mutex_);
    items_.erase({type, std::to_string(id)});
  }
  // The next answers: an HTTP status and an error code each, in the place of what was asked for.
  void Fail(int times, int status, const std::string& code, const std::string& description = "") {
    const std::lock_guard lock(mutex_);
    for (int i = 0; i < times; ++i) failures_.push_back({status, code, description});
  }
  // The next `times` writes are done, but the answer is 500.
  void LoseAnswers(int times) { lose_ = times; }

  std::vector<std::string> Requests() {
    const std::lock_guard lock(mutex_);
    return requests_;
  }
  std::vector<std::string> Comments() {
    const std::lock_guard lock(mutex_);
    return comments_;
  }

  size_t MaxBody(const server::Request&) override { return 1024 * 1024; }
  void Handle(server::Request request, server::Reply reply) override {
    const std::lock_guard lock(mutex_);
    const std::string prefix = "/rest/1/s3cret/";
    const std::string path = request.path;
    const std::string method = path.substr(0, prefix.size()) == prefix
                                   ? path.substr(prefix.size(), path.size() - prefix.size() - 5)
                                   : "";
    requests_.push_back(method);
    if (method.empty()) return reply(Error(401, "INVALID_CREDENTIALS", "Invalid request credentials"));
    if (!failures_.empty()) {
      const Failure failure = failures_.front();
      failures_.pop_front();
      return reply(Error(failure.status, failure.code, failure.description));
    }
    const net::Fields form = net::FormDecode(request.body);
    Json answer = method == "batch" ? Batch(form) : Call(method, form);
    if (answer.contains("error")) return reply(Error(400, answer["error"].get<std::string>(), "Not found"));
    const bool writes = request.body.find("comment.add") != std::string::npos;
    if (writes && lose_ > 0) {
      --lose_;
      return reply(Error(500, "INTERNAL_SERVER_ERROR", ""));
    }
    reply(server::JsonResponse(200, answer));
  }

 private:
  struct Failure {
    int status;
    std::string code;
    std::string description;
  };
  static server::Response Error(int status, const std::string& code, const std::string& description) {
    return server::JsonResponse(status, {{"error", code}, {"error_description", description}});
  }
  static std::string At(const net::Fields& form, const std::string& name) {
    for (const auto& [key, value] : form) {
      if (key == name) return value;
    }
    return {};
  }

  Json Call(const std::string& method, const net::Fields& form) {
    if (method == "crm.item.get") {
      const auto found = items_.find({std::stoi(At(form, "entityTypeId")), At(form, "id")});
      if (found == items_.end()) return {{"error", "NOT_FOUND"}};
      return {{"result", {{"item", found->second}}}};
    }
    if (method == "user.get") {
      Json user = {
          {"ID", At(form, "ID")}, {"NAME", "Eva"}, {"LAST_NAME", "Lind"}, {"EMAIL", "eva@shop.example"}};
      return {{"result", Json::array({user})}};
    }
    if (method == "profile") return {{"result", {{"ID", "1"}, {"NAME", "Eva"}, {"ADMIN", true}}}};
    if (method == "crm.category.list") {
      return {
          {"result",
           {{"categories", Json::array({{{"id", 0}, {"name", "Sales"}}, {{"id", 3}, {"name", "Rent"}}})}}},
          {"total", 2}};
    }
    if (method == "crm.item.fields") {
      Json fields = {
          {"title", {{"type", "string"}}},
          {"ufCrmTrack", {{"type", "string"}, {"upperName", "UF_CRM_TRACK"}, {"title", "Tracking"}}}};
      return {{"result", {{"fields", fields}}}};
    }
    if (method == "crm.status.list")
      return Stages(At(form, "filter[ENTITY_ID]"), std::stoul(At(form, "start")));
    if (method == "crm.timeline.comment.add") {
      comments_.push_back(At(form, "fields[ENTITY_TYPE]") + "/" + At(form, "fields[ENTITY_ID]") + " " +
                          At(form, "fields[COMMENT]"));
      return {{"result", static_cast<int>(comments_.size())}};
    }
    if (method == "crm.timeline.comment.list") {
      Json rows = Json::array();
      for (const std::string& comment : comments_) rows.push_back({{"ID", "1"}, {"COMMENT", comment}});
      return {{"result", rows}};
    }
    return {{"error", "ERROR_METHOD_NOT_FOUND"}};
  }

  // Sixty stages in the first dictionary: two pages.
  static Json Stages(const std::string& dictionary, size_t start) {
    const size_t total = dictionary == "DEAL_STAGE" ? 60 : 2;
    Json rows = Json::array();
    for (size_t i = start; i < total && rows.size() < 50; ++i) {
      Json row = {{"STATUS_ID", "S" + std::to_string(i)}, {"NAME", "Stage " + std::to_string(i)}};
      if (i + 1 == total) row["SEMANTICS"] = "F";
      rows.push_back(row);
    }
    Json answer = {{"result", rows}, {"total", total}};
    if (start + 50 < total) answer["next"] = start + 50;
    return answer;
  }

  Json Batch(const net::Fields& form) {
    Json results = Json::object();
    Json errors = Json::object();
    for (const auto& [name, value] : form) {
      if (name.substr(0, 4) != "cmd[") continue;
      const std::string key = name.substr(4, name.size() - 5);
      const size_t mark = value.find('?');
      Json answer = Call(value.substr(0, mark), net::FormDecode(value.substr(mark + 1)));
      if (answer.contains("error")) {
        errors[key] = {{"error", answer["error"]}, {"error_description", "Not found"}};
      } else {
        results[key] = answer["result"];
      }
    }
    // An empty list stands for an empty object, as PHP writes it.
    return {{"result",
             {{"result", results.empty() ? Json::array() : results},
              {"result_error", errors.empty() ? Json::array() : errors}}}};
  }

  std::mutex mutex_;
  std::map<std::pair<int, std::string>, Json> items_;
  std::deque<Failure> failures_;
  std::vector<std::string> requests_;
  std::vector<std::string> comments_;
  int lose_ = 0;
  std::unique_ptr<server::Wire> wire_;
};

}  // namespace recado::directory
