// Finding the characters that make a message dearer, and what to write instead.
//
// Inside of core/sms.
#pragma once

#include <vector>

#include "core/sms/alphabet.h"
#include "core/sms/form.h"
#include "core/sms/scan.h"

namespace recado::sms {

// Which characters are foreign: those of the default alphabet and of the allowed tables are not. Where no
// character is foreign to all of them together (each is in some table, but no pair has all), those outside
// the default alphabet are.
std::array<bool, kClasses> ForeignClasses(const Tally& tally, const CountOptions& options);

// Stretches of foreign characters, each inside one cluster, in order; at most `limit`.
template <class Text>
std::vector<Culprit> ForeignCulprits(const Text& text, const std::array<bool, kClasses>& foreign,
                                     size_t limit);

// Characters of two septets under the costs of a GSM-7 form, in order.
template <class Text>
std::vector<Culprit> ExtendedCulprits(const Text& text, const Costs& costs);

// The text in UTF-8 with the replacements put in.
template <class Text>
std::string Replaced(const Text& text, const std::vector<Culprit>& culprits);

}  // namespace recado::sms
