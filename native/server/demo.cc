#include "native/server/demo.h"

#include "core/base/json.h"
#include "native/server/embedded.h"

RECADO_EMBED(recado_demo, RECADO_SERVER_DIR "/demo.json")

namespace recado::server {
namespace {

using store::Await;
using store::Unit;

constexpr const char* kBy = "demo";

// The smallest file that viewers accept as a PDF: one empty page. Offsets in it are right to the byte.
constexpr std::string_view kCatalog =
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\nxref\n0 4\n0000000000 65535 f \n"
    "0000000009 00000 n \n0000000053 00000 n \n0000000103 00000 n \ntrailer<</Size 4/Root 1 0 "
    "R>>\nstartxref\n166\n"
    "%%EOF\n";

// A write that was done by an earlier, interrupted filling is no fault.
template <class T>
Diagnostics Faults(const Result<T>& result) {
  if (result.ok() || result.error().front().code == DiagnosticCode::version_conflict) return {};
  return result.error();
}

Diagnostics PutProviders(store::Store& store, const Json& list, Instant now) {
  for (const Json& provider : list) {
    store::PutProvider put;
    put.id = provider["id"].get<std::string>();
    put.kind = provider["kind"].get<std::string>();
    put.settings = DumpJson(provider["settings"]);
    put.if_match = 0;
    put.by = kBy;
    put.now = now;
    const auto row = Await<store::ProviderRow>([&](auto done) { store.PutProvider(put, done); });
    if (Diagnostics faults = Faults(row); !faults.empty()) return faults;
  }
  return {};
}

Diagnostics PutRules(store::Store& store, const Json& list, Instant now) {
  for (const Json& entry : list) {
    store::PutRule put;
    put.id = entry["rule"]["id"].get<std::string>();
    put.document = DumpJson(entry["rule"]);
    put.publish = entry["publish"].get<bool>();
    if (put.publish) put.if_match = 0;  // a draft is written over what runs
    put.by = kBy;
    put.now = now;
    const auto row = Await<store::RuleRow>([&](auto done) { store.PutRule(put, done); });
    if (Diagnostics faults = Faults(row); !faults.empty()) return faults;
  }
  return {};
}

Diagnostics PutRecords(store::Store& store, const Json& list, Instant now) {
  for (const Json& entry : list) {
    store::Record record;
    record.entity = entry["entity"].get<std::string>();
    record.id = entry["id"].get<std::string>();
    const Json& snapshot = entry["snapshot"];
    record.json = DumpJson(snapshot);
    record.pipeline = snapshot[record.entity]["pipeline"].get<std::string>();
    record.stage = snapshot[record.entity]["stage"].get<std::string>();
    const auto row = Await<store::Record>(
        [&](auto done) { store.PutRecord(record, int64_t{0}, std::nullopt, now, done); });
    if (Diagnostics faults = Faults(row); !faults.empty()) return faults;
  }
  return {};
}

Diagnostics PutDocument(store::Store& store, const char* name, const Json& json, Instant now) {
  const auto document = Await<store::Document>(
      [&](auto done) { store.PutDocument(name, DumpJson(json), int64_t{0}, kBy, now, done); });
  return Faults(document);
}

}  // namespace

Result<Unit> FillDemo(store::Store& store, Instant now) {
  const auto schema = store.FindDocument("schema");
  if (schema.ok() && schema->version > 0) return Unit{};
  const Result<Json> demo =
      ParseJson({recado_demo_begin, static_cast<size_t>(recado_demo_end - recado_demo_begin)});
  if (!demo.ok()) return demo.error();
  const auto file = Await<store::File>(
      [&](auto done) { store.PutFile("catalog.pdf", "application/pdf", std::string(kCatalog), now, done); });
  Diagnostics faults = Faults(file);
  if (faults.empty()) faults = PutDocument(store, "workspace", (*demo)["workspace"], now);
  if (faults.empty()) faults = PutProviders(store, (*demo)["providers"], now);
  if (faults.empty()) faults = PutRules(store, (*demo)["rules"], now);
  if (faults.empty()) faults = PutRecords(store, (*demo)["records"], now);
  if (faults.empty()) faults = PutDocument(store, "schema", (*demo)["schema"], now);
  if (!faults.empty()) return faults;
  return Unit{};
}

}  // namespace recado::server
