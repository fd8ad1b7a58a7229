#include "native/provider/sender.h"
#include "native/provider/vendor.h"

namespace recado::provider {

Diagnostics CheckConfig(const Config& config) {
  const VendorKind* kind = FindVendorKind(config.kind);
  if (kind == nullptr) {
    const DiagnosticCode code = IsPlannedKind(config.kind) ? DiagnosticCode::provider_kind_unavailable
                                                           : DiagnosticCode::unknown_provider_kind;
    return {Diagnostic::Of(code).At("/kind").With("kind", config.kind).With("known", KnownKinds())};
  }
  Diagnostics diagnostics;
  CheckSettings(config, kind->settings, diagnostics);
  CheckSecrets(config, kind->secrets, diagnostics);
  if (kind->check != nullptr && config.settings.is_object()) kind->check(config, diagnostics);
  return diagnostics;
}

Json DescribeKinds() {
  Json kinds = Json::array();
  for (const VendorKind* kind : AllVendorKinds()) {
    Json settings = Json::array();
    const auto add = [&settings](const Setting& setting) {
      settings.push_back(
          {{"name", setting.name}, {"type", SettingTypeName(setting.type)}, {"required", setting.required}});
    };
    for (const Setting& setting : kind->settings) add(setting);
    for (const Setting& setting : CommonSettings()) add(setting);
    Json secrets = Json::array();
    for (const Secret& secret : kind->secrets) {
      secrets.push_back({{"name", secret.name}, {"required", secret.required}});
    }
    kinds.push_back(
        {{"kind", kind->name}, {"settings", std::move(settings)}, {"secrets", std::move(secrets)}});
  }
  return kinds;
}

}  // namespace recado::provider
