// Lists of addresses as files: NDJSON or CSV (RFC 4180), one address a row, as other systems export who opted
// out.
//
//   {"address": "+49 151 23456789", "channel": "sms", "reason": "asked by phone"}
//
//   address,channel,reason
//   +49 151 23456789,sms,"asked by phone"
//
// CSV may go without the first line of names: then the columns are address, channel, reason. It is read as
// every table is (native/crm/csv.h). A row that can't be read is reported with its line and does not keep the
// others from being read. Pure; any thread.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace recado::server {

inline constexpr size_t kMaxListRows = 100'000;

struct ListedRow {
  size_t line = 0;  // from 1
  std::string address;
  std::string channel;  // "" : not said
  std::string reason;
};

struct BadRow {
  size_t line = 0;
  Diagnostic fault;
};

struct AddressList {
  std::vector<ListedRow> rows;
  std::vector<BadRow> bad;
  bool cut = false;  // there are more than kMaxListRows rows: the rest was not looked at
};

AddressList ReadNdjsonList(std::string_view body);
AddressList ReadCsvList(std::string_view body);

}  // namespace recado::server
