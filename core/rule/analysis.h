// What goes wrong with a rule that is well formed: found before it goes live, each finding with its place
// and, where one is known, the mend. docs/checks.md lists them all for the people who write rules.
//
// Every claim is a proof over the schema, the workspace and the rule; what cannot be proven is not said:
//
//   conditions   analysis_condition.h: never, always, not needed
//   timing       the conditions leave the timing's field empty; the stage's `max_stay` ends before the delay
//                is over; no stage leads to the stage (`from`); nothing to wait for (only in a whole set)
//   texts        the shortest SMS over the limit, the longest over it, the range of segments, a spoken text
//                of over a minute, what looks like a placeholder and is none
//   e-mails      links, pictures, scripts, subject, size, plain text, unsubscribing
//   together     two rules reach one customer by one channel at one moment, with conditions that are not
//                provably disjoint
//
// Not provable, and so not said: how long a record stays where the schema has no `max_stay`; whether a date
// field lies before or behind the stage entry; what an undeclared or open field holds; which fields a CRM
// empties between planning and sending.
//
// Private to the room but for CheckTogether (check.h).
#pragma once

#include <string_view>

#include "core/rule/check.h"
#include "core/rule/checks.h"

namespace recado::rule {

void AnalyseLogic(const Rule& rule, const Judge& judge);  // conditions and timing
void AnalyseTexts(const CompiledRule& compiled, const Judge& judge);
// An e-mail's subject, html and text; called by AnalyseTexts.
void AnalyseEmail(const CompiledRule& compiled, const SendEmail& email, const Judge& judge);

// What looks like a placeholder of another system ("[NAME]", "%%NAME%%", "{name}") in a stretch of `source`
// that begins at `offset`. `path` is the template's.
void FindPlaceholders(std::string_view source, size_t offset, std::string_view literal, std::string_view path,
                      const Judge& judge);

// How many characters a synthetic voice speaks in a second at rate 100: some 150 words a minute of six
// characters, blanks included (the rate vendors call normal; an assumption, not a promise).
inline constexpr uint32_t kSpokenCharactersASecond = 15;

}  // namespace recado::rule
