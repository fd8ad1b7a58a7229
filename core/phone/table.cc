#include "core/phone/table.h"

#include "core/base/tables.h"

namespace recado::phone {
namespace {

constexpr size_t kFormatBytes = 10;
constexpr size_t kPlanBytes = 28;

// Takes the numbers of one section after another; a text's number past the list is remembered as a fault.
class Records {
 public:
  Records(std::string_view bytes, const TextList& texts) : bytes_(bytes), texts_(texts) {}

  bool AtEnd() const { return at_ >= bytes_.size(); }
  bool ok() const { return ok_; }
  uint16_t U16() { return ReadU16(bytes_, Advance(2)); }
  uint32_t U32() { return ReadU32(bytes_, Advance(4)); }
  std::string_view Text() {
    const uint16_t number = U16();
    ok_ = ok_ && number < texts_.size();
    return texts_[number];
  }

 private:
  size_t Advance(size_t bytes) {
    at_ += bytes;
    return at_ - bytes;
  }

  std::string_view bytes_;
  const TextList& texts_;
  size_t at_ = 0;
  bool ok_ = true;
};

PhoneFormat ReadFormat(Records& records) {
  PhoneFormat format;
  for (std::string_view* text :
       {&format.match, &format.format, &format.leading, &format.rule, &format.international}) {
    *text = records.Text();
  }
  return format;
}

PhonePlan ReadPlan(Records& records) {
  PhonePlan plan;
  plan.region = records.Text();
  plan.code = records.U16();
  plan.lengths = records.U32();
  plan.first_format = records.U16();
  plan.formats = records.U16();
  for (std::string_view* text : {&plan.idd, &plan.match, &plan.prefix, &plan.parsing, &plan.transform,
                                 &plan.rule, &plan.leading, &plan.kinds}) {
    *text = records.Text();
  }
  return plan;
}

}  // namespace

Result<PhoneTable> ReadPhoneTable(std::string_view texts, std::string_view formats, std::string_view plans) {
  const TextList list(texts);
  if (!list.IsValid() || plans.empty() || formats.size() % kFormatBytes != 0 ||
      plans.size() % kPlanBytes != 0) {
    return TablesRefused("no numbering plans");
  }
  PhoneTable table;
  table.formats.reserve(formats.size() / kFormatBytes);
  table.plans.reserve(plans.size() / kPlanBytes);
  Records format_rows(formats, list);
  while (!format_rows.AtEnd()) table.formats.push_back(ReadFormat(format_rows));
  Records plan_rows(plans, list);
  bool ok = true;
  uint16_t last_code = 0;
  while (!plan_rows.AtEnd()) {
    const PhonePlan& plan = table.plans.emplace_back(ReadPlan(plan_rows));
    const size_t end = size_t{plan.first_format} + plan.formats;
    ok = ok && plan.code >= last_code && end <= table.formats.size();
    last_code = plan.code;
  }
  if (!ok || !format_rows.ok() || !plan_rows.ok()) return TablesRefused("damaged numbering plans");
  return table;
}

Result<PhoneTable> ReadPhoneTable() {
  return ReadPhoneTable(TableSection("phone"), TableSection("phone.f"), TableSection("phone.p"));
}

const PhoneTable& Phones() {
  static const PhoneTable table = ReadPhoneTable().ValueOr({});
  return table;
}

}  // namespace recado::phone
