#include "native/cli/cli.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdlib>

#include "core/text/data.h"
#include "native/cli/commands.h"
#include "native/cli/import.h"
#include "native/cli/import_crm.h"
#include "native/cli/serve_settings.h"
#include "native/cli/service.h"
#include "native/cli/version.h"
#include "native/dispatch/engine.h"

#ifdef RECADO_EMBEDDED_ICU
#include "core/text/icu/embedded_data.h"
#endif

namespace recado::cli {
namespace {

constexpr const char* kAbout =
    "Recado turns CRM events into messages to customers.\n"
    "Exit codes: 0 fine, 1 the input has errors or something was not sent, 2 wrong usage.";

// What the arguments say. One of these lives through one run; each command reads its own part.
struct Arguments {
  bool batch = false;
  SmsOptions sms;
  std::string text;
  ValidateOptions validate;
  PreviewOptions preview;
  PlanOptions plan;
  SimulateOptions simulate;
  CoverageOptions coverage;
  ImportOptions import;
  ImportCrmOptions import_crm;
  ServeArguments serve;
  TokenOptions token;
  UserOptions user;
  std::string role;
  std::string store = "recado.db";
  std::string backup;
  RestoreOptions restore;
  std::string now;
  std::string until;
};

// ICU must be given our data before its first call, and once: a second time would be refused. Without the
// embedded file (a build of the rooms alone) the system's own data is used.
Diagnostics LoadData() {
#ifdef RECADO_EMBEDDED_ICU
  static const Diagnostics faults = [] {
    const auto* bytes = reinterpret_cast<const std::byte*>(recado_icu_data_begin);
    auto loaded = text::LoadMergedData({bytes, text::EmbeddedIcuDataSize()});
    return loaded.ok() ? Diagnostics() : loaded.TakeError();
  }();
  return faults;
#else
  return {};
#endif
}

void AddSurroundings(CLI::App& command, Surroundings& surroundings) {
  command
      .add_option("--schema", surroundings.schema_path,
                  "CRM schema: entities, pipelines, stages, fields. Without it the built-in one holds")
      ->type_name("FILE");
  command
      .add_option(
          "--workspace", surroundings.workspace_path,
          "Providers, calendars, zone and language. Without it everything a rule names counts as there")
      ->type_name("FILE");
}

void AddLanguage(CLI::App& command, std::string& language) {
  command.add_option("--language", language, "Language of the messages: en, de, es, pl or pt")
      ->default_str("en");
}

template <class Format>
void AddFormat(CLI::App& command, Format& format, const std::map<std::string, Format>& names,
               const char* help) {
  command.add_option("--format", format, help)
      ->transform(CLI::CheckedTransformer(names, CLI::ignore_case).description(""))
      ->type_name("FORMAT");
}

void AddOffline(CLI::App& app, Arguments& arguments) {
  CLI::App* validate =
      app.add_subcommand("validate", "Check rules: files of one rule or of many, or folders of *.json");
  validate->add_option("paths", arguments.validate.paths, "Rule files and folders")
      ->required()
      ->type_name("PATH…");
  AddSurroundings(*validate, arguments.validate.surroundings);
  AddFormat<ValidateFormat>(
      *validate, arguments.validate.format,
      {{"text", ValidateFormat::kText}, {"json", ValidateFormat::kJson}, {"sarif", ValidateFormat::kSarif}},
      "text (each fault with its line), json (array of diagnostics) or sarif (2.1.0)");
  AddLanguage(*validate, arguments.validate.language);

  CLI::App* preview =
      app.add_subcommand("preview", "Show what a rule would send to a customer, or why nothing");
  preview->add_option("rule", arguments.preview.rule, "The rule's file")->required()->type_name("RULE");
  preview->add_option("--record", arguments.preview.record, "What the CRM knows: a snapshot")
      ->required()
      ->type_name("SNAPSHOT");
  AddSurroundings(*preview, arguments.preview.surroundings);
  preview->add_option("--now", arguments.now, "The moment to preview at, like 2026-11-22T09:30:00Z")
      ->type_name("TIME");
  AddFormat<PreviewFormat>(*preview, arguments.preview.format,
                           {{"text", PreviewFormat::kText},
                            {"json", PreviewFormat::kJson},
                            {"html", PreviewFormat::kHtml},
                            {"eml", PreviewFormat::kEml}},
                           "text, json (a plan object), html or eml (of an e-mail)");
  AddLanguage(*preview, arguments.preview.language);

  CLI::App* plan = app.add_subcommand("plan", "Events in (NDJSON), what they lead to out (NDJSON)");
  plan->add_option("--rules", arguments.plan.rules, "A rule file or a folder of them")
      ->required()
      ->type_name("PATH");
  AddSurroundings(*plan, arguments.plan.surroundings);
  plan->add_option("--now", arguments.now, "The moment to compose at. Without it each event's own")
      ->type_name("TIME");
  AddLanguage(*plan, arguments.plan.language);
}

void AddForesight(CLI::App& app, Arguments& arguments) {
  CLI::App* simulate = app.add_subcommand(
      "simulate", "Run a history of events on a virtual clock, delays and stage exits included");
  simulate->footer(
      "One JSON line a delivery or skip, in time order, with `event` and `at`. A line of the file that is "
      "no\n"
      "usable event is {\"line\",\"error\"}. A sent message counts as accepted at once.\n"
      "Exit codes: 0 everything was sent, 1 a rule or an event has errors or something was not sent (as\n"
      "`plan`: events that came twice do not count), 2 wrong usage.");
  simulate->add_option("--rules", arguments.simulate.rules, "A rule file or a folder of them")
      ->required()
      ->type_name("PATH");
  simulate->add_option("--events", arguments.simulate.events, "Events, one a line (NDJSON), in any order")
      ->required()
      ->type_name("FILE");
  simulate
      ->add_option("--until", arguments.until, "Stop the clock after this moment. Without it everything runs")
      ->type_name("TIME");
  AddSurroundings(*simulate, arguments.simulate.surroundings);
  AddLanguage(*simulate, arguments.simulate.language);

  CLI::App* coverage = app.add_subcommand(
      "coverage", "Whom a rule reaches among many records, why not the others, and the cost");
  coverage->footer(
      "One JSON object. Percentiles are nearest rank: the smallest value that so many per cent of the "
      "messages\n"
      "do not exceed. Cost comes from the provider's `prices` in --workspace; a call counts as one minute.\n"
      "Exit codes: 0 every record is reached, 1 one is not or can't be read, or the rule has errors, 2 "
      "wrong\n"
      "usage.");
  coverage->add_option("--rule", arguments.coverage.rule, "The rule's file")->required()->type_name("FILE");
  coverage->add_option("--records", arguments.coverage.records, "Snapshots, one a line (NDJSON)")
      ->required()
      ->type_name("FILE");
  AddSurroundings(*coverage, arguments.coverage.surroundings);
  coverage
      ->add_option("--now", arguments.now, "The moment the items enter the stage, like 2026-11-22T09:30:00Z")
      ->type_name("TIME");
  AddFormat<CoverageFormat>(*coverage, arguments.coverage.format,
                            {{"json", CoverageFormat::kJson}, {"text", CoverageFormat::kText}},
                            "json (one object) or text");
  AddLanguage(*coverage, arguments.coverage.language);
}

void AddTexts(CLI::App& app, Arguments& arguments) {
  CLI::App* render =
      app.add_subcommand("render", "Fill in a Liquid template: {\"template\",\"data\",…} in, {\"text\"} out");
  render->add_flag("--batch", arguments.batch, "NDJSON: one answer line for each request line, as they come");
  CLI::App* sms = app.add_subcommand("sms", "Count an SMS: encoding, segments, and what makes it dearer");
  sms->add_flag("--batch", arguments.batch,
                "NDJSON: one answer line for each {\"text\",…} line, as they come");
  sms->add_option("text", arguments.text, "The text itself, in the place of a request on the standard input");
  sms->add_option("--national", arguments.sms.national, "National tables allowed, with TEXT")->delimiter(',');
}

void AddImportCrm(CLI::App& import, ImportCrmOptions& options) {
  CLI::App* crm =
      import.add_subcommand("crm", "Records into the built-in directory: a table (CSV) or NDJSON");
  crm->footer(
      "NDJSON has a snapshot a line. A table's first line names the columns; what they mean is guessed (see\n"
      "--dry-run) and can be said with --map. An import that was interrupted goes on where it was; the same\n"
      "file again changes nothing. Exit codes: 0 every row is in, 1 some are not, 2 wrong usage.");
  crm->add_option("file", options.file, "The file")->required()->type_name("FILE");
  crm->add_option("--store", options.store, "The database; made where there is none")
      ->default_str("recado.db")
      ->type_name("FILE");
  crm->add_option("--entity", options.entity, "What the rows are: deal (default), lead, invoice, …");
  crm->add_option("--map", options.columns,
                  "What a column means, like \"Kunde=contact.name\"; nothing after = leaves it out")
      ->type_name("COLUMN=FIELD");
  crm->add_option("--format", options.format, "csv or ndjson, where the file does not show it");
  crm->add_option("--delimiter", options.delimiter, "Between values: , ; or tab. Without it, guessed");
  crm->add_option("--encoding", options.encoding, "utf-8 (default) or windows-1252");
  crm->add_option("--locale", options.locale,
                  "How numbers and dates are written: en, en-US, en-GB, de, es, pl, pt, …");
  crm->add_option("--decimal", options.decimal, "The decimal sign alone: . or ,");
  crm->add_option("--date", options.date, "How dates are written, like DD.MM.YYYY");
  crm->add_option("--time-zone", options.time_zone, "Of times without one. Without it the workspace's");
  crm->add_option("--region", options.region,
                  "Of phone numbers without a country code. Without it the workspace's");
  crm->add_option("--currency", options.currency, "Of amounts without one. Without it the workspace's");
  crm->add_option("--report", options.report,
                  "Write the bad rows here: NDJSON, or a table where it ends in .csv")
      ->type_name("FILE");
  crm->add_flag("--dry-run", options.dry_run,
                "Show what the columns are taken for and the first faults; write nothing");
  crm->add_flag("--fire-events", options.fire_events,
                "Records that enter a stage run its rules (the service must not run)");
  crm->add_flag("--again", options.again, "Also where this very file has been imported before");
  AddLanguage(*crm, options.language);
}

void AddImport(CLI::App& app, Arguments& arguments) {
  CLI::App* import = app.add_subcommand("import", "Bring records, rules and texts over from another system");
  import->require_subcommand(1);
  CLI::App* bitrix24 = import->add_subcommand(
      "bitrix24", "Bitrix24's texts, robots, or rules with its placeholders, as Liquid and rules");
  ImportOptions& options = arguments.import;
  bitrix24->footer(
      "A text comes out as Liquid, JSON as {\"rules\",\"diagnostics\"}. What has no exact counterpart stays "
      "as\n"
      "it is and is named. Exit codes: 0 everything was converted, 1 something was not, 2 wrong usage.");
  bitrix24->add_option("file", options.file, "A text, or JSON")->required()->type_name("FILE");
  bitrix24
      ->add_option(
          "--schema", options.surroundings.schema_path,
          "CRM schema with the names and titles of your own fields. Without it the built-in one holds")
      ->type_name("FILE");
  bitrix24->add_option("--entity", options.entity, "Whose fields a text or a robot names")
      ->capture_default_str();
  bitrix24->add_option("--stage", options.stage, "The stage of robots that do not say theirs");
  AddFormat<ImportFormat>(*bitrix24, options.format,
                          {{"text", ImportFormat::kText}, {"json", ImportFormat::kJson}}, "text or json");
  AddLanguage(*bitrix24, options.language);
  AddImportCrm(*import, arguments.import_crm);
}

void AddService(CLI::App& app, Arguments& arguments) {
  AddServe(app, arguments.serve);
  CLI::App* token = app.add_subcommand("token", "API tokens");
  token->require_subcommand(1);
  CLI::App* create = token->add_subcommand("create", "Make a token and print it, once");
  create->add_option("--role", arguments.role, "admin, editor, operator or viewer")
      ->required()
      ->check(CLI::IsMember({"admin", "editor", "operator", "viewer"}));
  create->add_option("--store", arguments.token.store, "The database; made where there is none")
      ->required()
      ->type_name("FILE");
  create->add_option("--name", arguments.token.name, "What it is for, as lists and the audit log show it");

  CLI::App* user = app.add_subcommand("user", "People who sign in by name and password");
  user->require_subcommand(1);
  CLI::App* add = user->add_subcommand(
      "add", "Make a user, or give one a new password and role; prints the password, once");
  add->add_option("--name", arguments.user.name, "What they sign in with")->required();
  add->add_option("--role", arguments.role, "admin, editor, operator or viewer")
      ->required()
      ->check(CLI::IsMember({"admin", "editor", "operator", "viewer"}));
  add->add_option("--store", arguments.user.store, "The database; made where there is none")
      ->default_str("recado.db")
      ->type_name("FILE");
  add->add_flag("--password-stdin", arguments.user.password_from_input,
                "Read the password from the standard input");

  CLI::App* backup =
      app.add_subcommand("backup", "A consistent copy of the store, while the service runs or not");
  backup->add_option("file", arguments.backup, "The new file")->required()->type_name("FILE");
  backup->add_option("--store", arguments.store, "The database")->capture_default_str()->type_name("FILE");
  CLI::App* restore = app.add_subcommand(
      "restore", "Put a backup in the place of the store, with all sending paused, while no service runs");
  restore->add_option("file", arguments.restore.copy, "What `recado backup` made")
      ->required()
      ->type_name("FILE");
  restore->add_option("--store", arguments.restore.store, "The database")
      ->capture_default_str()
      ->type_name("FILE");
  restore->add_flag("--replace", arguments.restore.replace, "Put a store that is there aside first");
  app.add_subcommand("version", "This program, ICU, its data and the time-zone rules");
}

// A moment given as an option; "" where it was not.
Result<std::optional<Instant>> MomentOf(const std::string& text) {
  if (text.empty()) return std::optional<Instant>();
  const Result<Instant> moment = ParseInstant(text);
  if (!moment.ok()) return moment.error();
  return std::optional<Instant>(*moment);
}

void AddAll(CLI::App& app, Arguments& arguments) {
  AddOffline(app, arguments);
  AddForesight(app, arguments);
  AddTexts(app, arguments);
  AddImport(app, arguments);
  AddService(app, arguments);
}

// Again, with what the environment and the file say standing before what the command line says.
int ServeWithSettings(const ServeArguments& first, std::vector<std::string> given, const Io& io) {
  bool faulty = false;
  const std::vector<PlacedSetting> others = OtherSettings(first.config, std::getenv, io, faulty);
  if (faulty) return kWrongUsage;
  const auto serve = std::find(given.begin(), given.end(), "serve");
  std::vector<std::string> all(given.begin(), serve + 1);
  for (const PlacedSetting& other : others) all.push_back(other.argument);
  all.insert(all.end(), serve + 1, given.end());
  std::reverse(all.begin(), all.end());  // as the parser takes them
  CLI::App app;
  ServeArguments arguments;
  AddServe(app, arguments);
  app.parse(all);
  if (!arguments.check) return RunServe(io, arguments.options);
  const Diagnostics faults = server::CheckOptions(arguments.options);
  for (const Diagnostic& fault : faults) PrintLine(io.err, "recado: " + MessageOf(fault));
  if (!faults.empty()) return kWrongUsage;
  PrintSettings(io, arguments);
  return kFine;
}

int Dispatch(const CLI::App& app, Arguments& arguments, const Io& io) {
  const std::string command = app.get_subcommands().front()->get_name();
  const Instant clock = dispatch::SystemNow();
  const auto now = MomentOf(arguments.now);
  if (!now.ok()) return Complain(io, "--now: " + MessageOf(now.error().front()));
  const auto until = MomentOf(arguments.until);
  if (!until.ok()) return Complain(io, "--until: " + MessageOf(until.error().front()));
  if (command == "render") return RunRender(io, arguments.batch, clock);
  if (command == "sms") {
    arguments.sms.batch = arguments.batch;
    if (app.get_subcommand("sms")->count("text") > 0) arguments.sms.text = arguments.text;
    return RunSms(io, arguments.sms);
  }
  if (command == "validate") return RunValidate(io, arguments.validate);
  if (command == "preview") {
    arguments.preview.now = *now;
    return RunPreview(io, arguments.preview, clock);
  }
  if (command == "plan") {
    arguments.plan.now = *now;
    return RunPlan(io, arguments.plan);
  }
  if (command == "simulate") {
    arguments.simulate.until = *until;
    return RunSimulate(io, arguments.simulate);
  }
  if (command == "coverage") {
    arguments.coverage.now = *now;
    return RunCoverage(io, arguments.coverage, clock);
  }
  if (command == "import") {
    const bool records = app.get_subcommand("import")->got_subcommand("crm");
    return records ? RunImportCrm(io, arguments.import_crm) : RunImportBitrix24(io, arguments.import);
  }
  if (command == "token") {
    arguments.token.role = store::RoleFromName(arguments.role).value_or(store::Role::kViewer);
    return RunTokenCreate(io, arguments.token);
  }
  if (command == "user") {
    arguments.user.role = store::RoleFromName(arguments.role).value_or(store::Role::kViewer);
    return RunUserAdd(io, arguments.user);
  }
  if (command == "backup") return RunBackup(io, arguments.store, arguments.backup);
  if (command == "restore") return RunRestore(io, arguments.restore);
  return RunVersion(io);
}

// The fault and the way to help on `err`, or the help that was asked for on `out`.
int Usage(const CLI::App& app, const CLI::ParseError& error, const Io& io) {
  std::ostringstream out;
  std::ostringstream err;
  const int code = app.exit(error, out, err);
  Print(io.out, out.str());
  Print(io.err, err.str());
  return code == 0 ? kFine : kWrongUsage;
}

}  // namespace

int Run(int argc, const char* const* argv, const Io& io) {
  try {
    if (const Diagnostics faults = LoadData(); !faults.empty()) {
      PrintLine(io.err, "recado: " + MessageOf(faults.front()));
      return kInputHasErrors;
    }
    CLI::App app(kAbout, "recado");
    app.require_subcommand(1);
    app.set_version_flag("--version", "recado " + std::string(kVersion));
    Arguments arguments;
    AddAll(app, arguments);
    try {
      app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
      return Usage(app, error, io);
    }
    if (!app.got_subcommand("serve")) return Dispatch(app, arguments, io);
    return ServeWithSettings(arguments.serve, {argv + 1, argv + argc}, io);
  } catch (const std::exception& fault) {  // a bug of ours or of a library; never a stack trace for the user
    PrintLine(io.err, std::string("recado: something went wrong inside: ") + fault.what());
    return kInputHasErrors;
  }
}

}  // namespace recado::cli
