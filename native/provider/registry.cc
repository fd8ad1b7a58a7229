#include <algorithm>
#include <array>
#include <iterator>

#include "native/provider/vendor.h"

namespace recado::provider {

#define RECADO_VENDOR(kind) const VendorKind& kind();
#include "native/provider/vendors.inc"
#undef RECADO_VENDOR

namespace {

using KindFunction = const VendorKind& (*)();

constexpr KindFunction kKinds[] = {
#define RECADO_VENDOR(kind) &(kind),
#include "native/provider/vendors.inc"
#undef RECADO_VENDOR
};

// All kinds of formats §7; one that is in kKinds too is there, the others are to come.
constexpr std::string_view kNamesOfFormats[] = {
    "twilio", "vonage",     "messagebird", "infobip",   "smsapi", "http_sms", "whatsapp_cloud",
    "edna",   "voximplant", "telegram",    "messenger", "smtp",   "sandbox",  "live_chat",
};

}  // namespace

std::vector<const VendorKind*> AllVendorKinds() {
  std::vector<const VendorKind*> all;
  for (const KindFunction kind : kKinds) all.push_back(&kind());
  return all;
}

const VendorKind* FindVendorKind(std::string_view name) {
  for (const KindFunction kind : kKinds) {
    if (kind().name == name) return &kind();
  }
  return nullptr;
}

bool IsPlannedKind(std::string_view name) {
  const auto* found = std::find(std::begin(kNamesOfFormats), std::end(kNamesOfFormats), name);
  return found != std::end(kNamesOfFormats) && FindVendorKind(name) == nullptr;
}

std::string KnownKinds() {
  std::string out;
  for (const KindFunction kind : kKinds) out.append(out.empty() ? "" : ", ").append(kind().name);
  return out;
}

}  // namespace recado::provider
