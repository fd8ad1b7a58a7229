#include "native/crm/import.h"

#include <fstream>

#include "native/crm/importer.h"
#include "tests/native/store/bell.h"
#include "tests/native/store/store_fixture.h"

namespace recado::directory {
namespace {

using store::Await;
using store::Import;

class ImportTest : public store::StoreTest {
 protected:
  std::string Write(const std::string& bytes, const std::string& name = "file") {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << bytes;
    return path;
  }
  static ImportOptions Options(const char* json = "{}") {
    auto options = ImportOptions::FromJson(*ParseJson(json));
    EXPECT_TRUE(options.ok()) << Dump(options.error());
    return *options;
  }
  ImportControls Controls() {
    ImportControls controls;
    controls.clock = [] { return store::kNow; };
    return controls;
  }
  Result<Import> Run(const std::string& bytes, const char* options = "{}") {
    return ImportFile(*store_, Write(bytes), "file", Options(options), Controls());
  }
  // "done created=2 changed=0 unchanged=0 bad=1 remarks=0"
  static std::string Summary(const Result<Import>& import) {
    if (!import.ok()) return Dump(import.error());
    return std::string(ImportStateName(import->state)) + " " + std::to_string(import->created) + "/" +
           std::to_string(import->changed) + "/" + std::to_string(import->unchanged) + " bad " +
           std::to_string(import->bad) + " remarks " + std::to_string(import->remarks);
  }
  std::string RecordJson(const std::string& id, const std::string& entity = "deal") {
    const auto record = store_->FindRecord(entity, id);
    return record.ok() ? record->json : "none";
  }
  // "3 phone import_phone", …
  std::vector<std::string> Faults(const Result<Import>& import) {
    std::vector<std::string> list;
    const auto faults = store_->ImportFaults(import->id, 0, 100);
    for (const store::ImportFault& fault : *faults) {
      list.push_back(std::to_string(fault.line) + " " + fault.column + " " +
                     (*ParseJson(fault.diagnostic))["code"].get<std::string>());
    }
    return list;
  }
};

constexpr const char* kGerman = R"({"locale":"de","region":"DE","currency":"EUR"})";

TEST_F(ImportTest, TableBecomesRecordsWithPhonesInE164) {
  const auto import =
      Run("\xEF\xBB\xBFid;Titel;Betrag;Vorname;Telefon;Handy;Phase;Lieferdatum\r\n"
          "D-1;\"Zwei Räder; rot\";1.299,00;Ana;030 901820;0151 23456789;paid;24.12.2026\r\n",
          kGerman);
  EXPECT_EQ(Summary(import), "done 1/0/0 bad 0 remarks 0");
  EXPECT_EQ(RecordJson("D-1"),
            R"({"deal":{"id":"D-1","title":"Zwei Räder; rot","amount":{"amount":"1299.00","currency":"EUR"},)"
            R"("stage":"paid","delivery_date":"2026-12-24"},"contacts":[{"first_name":"Ana","phones":[)"
            R"({"value":"+4930901820"},{"type":"mobile","value":"+4915123456789"}]}]})");
  EXPECT_EQ(store_->FindRecord("deal", "D-1")->stage, "paid");
  EXPECT_TRUE(store_->UnplannedEvents(0, 10)->empty());
}

TEST_F(ImportTest, BadRowsAreReportedAndTheOthersAreIn) {
  const auto import =
      Run("id,title,amount,phone,close_date\n"
          "D-1,ok,5,+49 151 23456789,2026-12-01\n"
          ",no id,5,,\n"
          "D-3,bad amount,five,,\n"
          "D-4,bad phone,5,12-34,\n"
          "D-5,bad date,5,,tomorrow\n"
          "D-6,too few\n"
          "D-7,\"quoted\" oops,5,,\n"
          "D/8,slash,5,,\n"
          "D-9,\xE4,5,,\n"
          "\n"
          "D-10,last,5,,",
          R"({"currency":"EUR"})");
  EXPECT_EQ(Summary(import), "done 3/0/0 bad 7 remarks 1");
  EXPECT_EQ(Faults(import),
            (std::vector<std::string>{"3  missing_member", "4 amount import_number", "5 phone import_phone",
                                      "6 close_date import_date", "7  import_columns",
                                      "8  import_quote_inside", "9  invalid_value", "10  import_encoding"}));
  // A bad number is kept as it is: a person may still read it.
  EXPECT_NE(RecordJson("D-4").find("\"12-34\""), std::string::npos);
  EXPECT_EQ(import->lines, 11);
}

TEST_F(ImportTest, OldEncodingIsRefusedOrConvertedAsWasSaid) {
  const std::string bytes = "id;Nachname\nD-1;M\xFCller\n";
  EXPECT_EQ(Summary(Run(bytes)), "done 0/0/0 bad 1 remarks 0");
  EXPECT_EQ(Summary(Run(bytes, R"({"encoding":"windows-1252"})")), "done 1/0/0 bad 0 remarks 0");
  EXPECT_NE(RecordJson("D-1").find("Müller"), std::string::npos);
  EXPECT_EQ(Summary(Run("\xFF\xFEi\0d\0")), "error import_encoding");
}

TEST_F(ImportTest, NdjsonTakesSnapshotsAndListedRecords) {
  const auto import = Run(R"({"deal":{"id":"D-1","title":"A","pipeline":"sales","stage":"new"}})"
                          "\n"
                          R"({"entity":"lead","id":"ignored","snapshot":{"lead":{"id":"L-1"}}})"
                          "\n{broken\n[]\n"
                          R"({"deal":{"title":"no id"}})"
                          "\n");
  EXPECT_EQ(Summary(import), "done 2/0/0 bad 3 remarks 0");
  EXPECT_EQ(RecordJson("D-1"), R"({"deal":{"id":"D-1","title":"A","pipeline":"sales","stage":"new"}})");
  EXPECT_EQ(RecordJson("L-1", "lead"), R"({"lead":{"id":"L-1"}})");
}

TEST_F(ImportTest, TheSameFileAgainChangesNothing) {
  const std::string bytes = "id,title\nD-1,A\nD-2,B\n";
  EXPECT_EQ(Summary(Run(bytes)), "done 2/0/0 bad 0 remarks 0");
  // Somebody changes a record: the finished import must not take that back.
  (void)Run("id,title\nD-1,newer\n");
  EXPECT_EQ(Summary(Run(bytes)), "done 2/0/0 bad 0 remarks 0");
  EXPECT_EQ(RecordJson("D-1"), R"({"deal":{"id":"D-1","title":"newer"}})");
  ImportControls controls = Controls();
  controls.again = true;
  const auto again = ImportFile(*store_, Write(bytes), "file", Options(), controls);
  EXPECT_EQ(Summary(again), "done 0/1/1 bad 0 remarks 0");
  EXPECT_EQ(store_->FindRecord("deal", "D-2")->version, 1);
}

TEST_F(ImportTest, ATableChangesWhatItsColumnsSayAndNothingElse) {
  (void)Run(
      R"({"deal":{"id":"D-1","title":"A","stage":"new","tracking_number":"X1"},"contacts":[{"first_name":"Ana"}]})");
  EXPECT_EQ(Summary(Run("id,stage,title\nD-1,paid,\n")), "done 0/1/0 bad 0 remarks 0");
  EXPECT_EQ(
      RecordJson("D-1"),
      R"({"deal":{"id":"D-1","title":"A","stage":"paid","tracking_number":"X1"},"contacts":[{"first_name":"Ana"}]})");
}

TEST_F(ImportTest, TheLastOfSeveralRowsOfOneRecordCounts) {
  EXPECT_EQ(Summary(Run("id,title\nD-1,A\nD-1,B\nD-1,C\n")), "done 1/0/0 bad 0 remarks 0");
  EXPECT_EQ(RecordJson("D-1"), R"({"deal":{"id":"D-1","title":"C"}})");
}

std::string ManyRows(int count) {
  std::string bytes = "id,title\n";
  for (int i = 0; i < count; ++i) bytes += "D-" + std::to_string(i) + ",Title " + std::to_string(i) + "\n";
  return bytes;
}

TEST_F(ImportTest, AnInterruptedImportGoesOnWhereItWas) {
  constexpr int kRows = 1'700;
  const std::string path = Write(ManyRows(kRows));
  std::atomic<bool> stop{true};  // after the first batch
  ImportControls controls = Controls();
  controls.stop = &stop;
  auto import = ImportFile(*store_, path, "file", Options(), controls);
  EXPECT_EQ(Summary(import), "running 500/0/0 bad 0 remarks 0");
  Reopen();
  import = ImportFile(*store_, path, "file", Options(), Controls());
  EXPECT_EQ(Summary(import), "done 1700/0/0 bad 0 remarks 0");
  EXPECT_EQ(import->lines, kRows + 1);
  EXPECT_EQ(import->done_bytes, import->bytes);
  EXPECT_EQ(RecordJson("D-1699"), R"({"deal":{"id":"D-1699","title":"Title 1699"}})");
  EXPECT_EQ(store_->FindRecord("deal", "D-499")->version, 1);
}

TEST_F(ImportTest, ARecordChangedMeanwhileIsReadAgain) {
  (void)Run("id,title\nD-0,old\n");
  ImportControls controls = Controls();
  bool changed = false;
  controls.progress = [&](const Import&) {
    if (std::exchange(changed, true)) return;
    store::Record record{.entity = "deal", .id = "D-600", .json = R"({"deal":{"id":"D-600","number":"7"}})"};
    ASSERT_TRUE(
        Await<store::Record>([&](auto done) { store_->PutRecord(record, 0, {}, store::kNow, done); }).ok());
  };
  const auto import = ImportFile(*store_, Write(ManyRows(1'000)), "file", Options(), controls);
  EXPECT_EQ(Summary(import), "done 998/2/0 bad 0 remarks 0");
  EXPECT_EQ(RecordJson("D-600"), R"({"deal":{"id":"D-600","number":"7","title":"Title 600"}})");
}

TEST_F(ImportTest, StageEventsOnlyWhereAskedFor) {
  (void)Run(R"({"deal":{"id":"D-1","pipeline":"sales","stage":"new"}})");
  const auto import = Run("id,stage,title\nD-1,paid,\nD-2,paid,\nD-3,,no stage\n", R"({"fire_events":true})");
  EXPECT_EQ(Summary(import), "done 2/1/0 bad 0 remarks 0");
  const auto events = store_->UnplannedEvents(0, 10);
  ASSERT_EQ(events->size(), 2U);
  const Json moved = *ParseJson(store_->FindEvent((*events)[0])->json);
  EXPECT_EQ(moved["type"], "stage_changed");
  EXPECT_EQ(moved["from"], "new");
  EXPECT_EQ(moved["to"], "paid");
  EXPECT_EQ((*ParseJson(store_->FindEvent((*events)[1])->json))["entity_id"], "D-2");
}

TEST_F(ImportTest, AQuotationMarkThatIsNeverClosedCostsItsLine) {
  const auto import = Run("id,title\nD-1,\"open\n" + ManyRows(3).substr(9));
  EXPECT_EQ(Summary(import), "done 3/0/0 bad 1 remarks 0");
  EXPECT_EQ(Faults(import), std::vector<std::string>{"2  import_quote_open"});
}

TEST_F(ImportTest, FilesThatCannotBeUnderstoodAreRefusedAsAWhole) {
  EXPECT_EQ(Summary(Run("")), "error import_no_header");
  EXPECT_EQ(Summary(Run("\n\n")), "error import_no_header");
  EXPECT_EQ(Summary(Run("Titel;Betrag\nx;1\n")), "error import_no_column name=id");
  EXPECT_FALSE(ImportFile(*store_, folder_ / "nowhere", "x", Options(), Controls()).ok());
  EXPECT_TRUE(store_->ListImports(10)->empty());
}

TEST_F(ImportTest, OptionsAreJudgedAndComeBackAsTheyWere) {
  for (const char* wrong :
       {R"({"format":"xls"})", R"({"delimiter":"|"})", R"({"encoding":"latin9"})", R"({"locale":"xx"})",
        R"({"decimal":"'"})", R"({"date":"MMM YY"})", R"({"time_zone":"Nowhere"})", R"({"columns":[]})",
        R"({"entity":5})", R"({"entity":"a/b"})", R"({"columns":{"a":5}})", R"({"fire_events":"yes"})"}) {
    EXPECT_FALSE(ImportOptions::FromJson(*ParseJson(wrong)).ok()) << wrong;
  }
  const Json given =
      Options(R"({"format":"csv","locale":"pl","delimiter":"tab","columns":{"A":"id","B":null}})").ToJson();
  EXPECT_EQ(ImportOptions::FromJson(given)->ToJson(), given);
  EXPECT_EQ(given["decimal"], ",");
}

TEST_F(ImportTest, ATrialShowsTheColumnsAndTheFirstFaultsAndWritesNothing) {
  const auto tried = TryImport(*store_, Write("Nr;Vorname;Telefon\nD-1;Ana;keine\nD-2;Bob;\n"),
                               Options(R"({"columns":{"Nr":"id"},"region":"DE"})"));
  ASSERT_TRUE(tried.ok()) << Dump(tried.error());
  EXPECT_EQ(
      DumpJson((*tried)["columns"]),
      R"([{"column":"Nr","field":"id","guessed":false},{"column":"Vorname","field":"contact.first_name",)"
      R"("guessed":true},{"column":"Telefon","field":"contact.phone","guessed":true}])");
  EXPECT_EQ((*tried)["delimiter"], ";");
  EXPECT_EQ((*tried)["rows"], 2);
  EXPECT_EQ((*tried)["faults"][0]["line"], 2);
  EXPECT_EQ((*tried)["faults"][0]["reason"]["code"], "import_phone");
  EXPECT_EQ((*tried)["records"].size(), 2U);
  EXPECT_EQ(RecordJson("D-1"), "none");
  EXPECT_TRUE(store_->ListImports(10)->empty());
}

TEST_F(ImportTest, NoCellOfTheReportIsAFormula) {
  const std::string csv = ReportCsv({{2, "=cmd", "a\"b", R"({"code":"x","message":"+1"})"}});
  EXPECT_EQ(csv, "line,column,value,code,reason\r\n2,\"'=cmd\",\"a\"\"b\",\"x\",\"'+1\"\r\n");
}

TEST_F(ImportTest, TheServiceGoesOnWithWhatItWasHanded) {
  const auto clock = [] { return store::kNow; };
  std::string id;
  {
    Importer importer(*store_, folder_ / "imports", clock);
    const auto begun = importer.Begin(ManyRows(3), "deals.csv", Options(), "eva", false);
    ASSERT_TRUE(begun.ok()) << Dump(begun.error());
    id = begun->id;
    EXPECT_EQ(begun->state, store::ImportState::kRunning);
  }  // ended before it ran
  Importer importer(*store_, folder_ / "imports", clock);
  store::Bell bell;
  const int heard = store_->Subscribe([&bell](auto) { bell.Ring(); });
  importer.Start();
  EXPECT_TRUE(bell.WaitUntil([&] { return store_->FindImport(id)->state == store::ImportState::kDone; }));
  store_->Unsubscribe(heard);
  EXPECT_EQ(Summary(store_->FindImport(id)), "done 3/0/0 bad 0 remarks 0");
  EXPECT_EQ(store_->FindImport(id)->by, "eva");
}

}  // namespace
}  // namespace recado::directory
