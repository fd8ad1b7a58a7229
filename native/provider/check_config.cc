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

}  // namespace recado::provider
