// Phone numbers to E.164, by the core alone, from a compact table made of libphonenumber's metadata.
//
// One normaliser in both builds, or the preview would show another number than the one dialled. The plans
// stand in plans.json, made by make_plans.mjs, and reach the program with the tables (table.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace recado::phone {

// "+5511912345678", or nothing where the text is not a number of a possible length. `default_region` (ISO
// 3166, "BR") is used for numbers without a country code; "" means only international numbers can be read.
// Extensions ("ext. 12", ";ext=12", "x12") are cut off.
std::optional<std::string> ToE164(std::string_view text, std::string_view default_region);

// "11 91234-5678" / "+55 11 91234-5678" for people; grouping by the metadata's formats. `e164` as ToE164
// gives it.
std::string FormatNational(std::string_view e164);
std::string FormatInternational(std::string_view e164);

// Region of an E.164 number ("BR"), "" where the calling code is unknown.
std::string_view RegionOf(std::string_view e164);

// Whether the table has this region ("BR").
bool IsKnownRegion(std::string_view region);

}  // namespace recado::phone
