// Vendor: what one file of this room gives: a kind of provider, made of a configuration.
//
// To add one, write <kind>.cc with a function that returns its VendorKind, and add one line to vendors.inc.
// Nothing else knows vendors by name.
//
//   Send(outgoing) ─► a request as a value ─► net/ ─► ReadSent(answer) ─► Outcome
//
// All functions are pure: same configuration, message and answer, same outcome. Immutable after construction,
// used from several threads.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "native/net/http.h"
#include "native/net/smtp.h"
#include "native/provider/provider.h"
#include "native/provider/settings.h"
#include "native/provider/webhook.h"

namespace recado::provider {

// What a vendor wants done for a message.
struct MailOut {
  std::shared_ptr<const net::SmtpServer> server;
  net::Mail mail;
};
struct SandboxOut {};  // give it to the SandboxSink
struct ChatOut {};     // give it to the SandboxSink's chats
// An Outcome: nothing needs to be sent to know it (a channel this vendor does not have).
using Request = std::variant<Outcome, net::HttpRequest, MailOut, SandboxOut, ChatOut>;

class Vendor {
 public:
  virtual ~Vendor() = default;

  virtual Resolution resolution() const = 0;

  virtual Request Send(const Outgoing& outgoing) const = 0;
  // One of these, according to what Send gave.
  virtual Outcome ReadSent(const Outgoing& outgoing, const net::HttpResult& result) const;
  virtual Outcome ReadMailed(const Outgoing& outgoing, const net::SmtpResult& result) const;

  // For Resolution::kFindable: asks whether the vendor has the message (kAccepted), kUnknown where it can't
  // tell.
  virtual Request Find(const Outgoing& outgoing) const;
  virtual Outcome ReadFound(const Outgoing& outgoing, const net::HttpResult& result) const;

  // What a call to /hooks/{id}/… says. Not authentic unless the vendor signs and the signature holds.
  virtual WebhookAnswer ReadWebhook(const WebhookCall& call) const;
  // The address that an administrator must tell the vendor's account, where it takes one for all messages; ""
  // where addresses go with each message, or nobody can call back.
  virtual std::string AccountHook() const;
};

// What a vendor may know of the house it works for.
struct Surroundings {
  std::string public_url;  // without a slash at the end; empty: no callbacks
};

struct VendorKind {
  std::string_view name;              // "twilio"
  std::span<const Setting> settings;  // beside the common ones of formats §7
  std::span<const Secret> secrets;
  // What the tables can't say; may be null. Errors point into {"kind","settings","secrets"}.
  void (*check)(const Config& config, Diagnostics& diagnostics) = nullptr;
  // Only for a configuration without errors.
  std::shared_ptr<const Vendor> (*make)(const Config& config, const Surroundings& surroundings) = nullptr;
};

// VendorKind::make of a class that is made of both.
template <class Kind>
std::shared_ptr<const Vendor> Make(const Config& config, const Surroundings& surroundings) {
  return std::make_shared<const Kind>(config, surroundings);
}

// All that can be connected, by name.
std::vector<const VendorKind*> AllVendorKinds();
// Null where there is no such kind, or not yet.
const VendorKind* FindVendorKind(std::string_view name);
// Kinds of formats §7 that can't be connected yet.
bool IsPlannedKind(std::string_view name);
// "sandbox, smtp, twilio".
std::string KnownKinds();

}  // namespace recado::provider
