// Every bound of the core in one place, each with its unit and its reason. Reaching one is an ordinary
// diagnostic, tested at the bound minus one, at the bound, and one past it.
#pragma once

#include <cstddef>
#include <cstdint>

namespace recado {

// --- JSON input
// -----------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxJsonBytes =
    8 * 1024 * 1024;                         // one document; a page of 10,000 records goes as NDJSON instead
inline constexpr size_t kMaxJsonDepth = 64;  // rules need 12; the JSON library writes recursively
inline constexpr size_t kMaxJsonMembers =
    4096;  // in one object: look-up is linear, so n members cost n² to read

// --- Templates
// ------------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxTemplateBytes =
    64 * 1024;                                     // an e-mail near Gmail's 102 kB has less source than this
inline constexpr size_t kMaxTemplateNesting = 64;  // blocks within blocks
inline constexpr size_t kMaxRenderSteps = 1'000'000;               // instructions executed: some 10 ms
inline constexpr size_t kMaxRenderOutputBytes = 1024 * 1024;       // above any mail provider's body limit
inline constexpr size_t kMaxPartialDepth = 16;                     // render/include within each other
inline constexpr size_t kMaxTemplateFaults = 200;                  // listed; each costs a scan for its line
inline constexpr size_t kMaxTagArguments = 32;                     // of one filter, render or include
inline constexpr size_t kMaxRenderMemoryBytes = 32 * 1024 * 1024;  // strings and lists made on the way

// --- Text
// -----------------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxDatePatternBytes =
    64;  // a date pattern or skeleton; the longest useful one has some 40
inline constexpr size_t kMaxCachedFormats = 64;  // formats of one kind that one Formatter keeps

// --- SMS
// ------------------------------------------------------------------------------------------------------------
inline constexpr int kMaxSmsSegments = 255;  // one octet counts them (3GPP TS 23.040, 9.2.3.24.1)
inline constexpr size_t kMaxSmsDiagnostics =
    100;  // of one text: a binary file pasted by mistake has a fault at every byte
inline constexpr int kMaxSmsCharacters =
    200;  // grapheme clusters after filling in (R-004, R-042, R-177; C-05)

// --- Rules
// ----------------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxConditionDepth = 8;        // formats §1
inline constexpr size_t kMaxConditions = 256;          // in one rule, all levels together
inline constexpr size_t kMaxConditionValues = 1000;    // in the list of one `in`
inline constexpr size_t kMaxRulesInDocument = 1000;    // far more than a pipeline can be understood with
inline constexpr size_t kMaxAttachments = 50;          // of one message; mail servers refuse long before
inline constexpr size_t kMaxWhatsAppParameters = 100;  // WhatsApp itself allows fewer in every component
inline constexpr int kMinSpeechPercent = 20;           // rate and volume of a spoken text, formats §1
inline constexpr int kMaxSpeechPercent = 200;
inline constexpr int kMaxCalendarDays = 3660;  // ten years: how far a working moment is looked for
inline constexpr int kMaxCalendarTurns = 64;   // how often two calendars may pass a moment to each other
inline constexpr int64_t kMaxPosition = 1'000'000'000;  // magnitude of a rule's position

// --- Rule analysis
// --------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxAnalysedValues =
    2000;  // compared in one tree of conditions; above, nothing is claimed
inline constexpr size_t kMaxComparedRules =
    2000;  // pairs of rules whose conditions are held against each other
inline constexpr size_t kMaxHtmlAttributes = 64;  // looked at of one tag; the rest are passed over
inline constexpr size_t kMaxTextFindings = 50;    // of one kind in one text: a pasted newsletter has hundreds
inline constexpr int kMaxSubjectCharacters = 78;  // RFC 5322, 2.1.1; what most mail programs show
inline constexpr size_t kMaxUnclippedBytes = 102 * 1024;  // Gmail hides what comes after (seen since 2012)
inline constexpr int kMaxSpokenSeconds = 60;              // longer than people listen to a recorded voice

// --- Bitrix24's expressions, when they are imported
// --------------------------------------------------------------------------------
inline constexpr size_t kMaxBitrix24NameBytes = 300;  // a field's code or title with its modifier
inline constexpr size_t kMaxBitrix24Nodes = 1000;     // values and operators of one expression
inline constexpr size_t kMaxBitrix24Nesting =
    32;  // brackets in one another; each may become a block of Liquid
inline constexpr size_t kMaxBitrix24Arguments = 30;  // of one function; a filter or tag takes 32
inline constexpr int kMaxBitrix24Power = 8;          // higher powers are no prices any more

// --- CRM data
// -------------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxIdBytes = 256;          // ids go into keys, URLs and columns
inline constexpr size_t kMaxSchemaItems = 2000;     // entities, pipelines, stages or fields in one list
inline constexpr size_t kMaxWorkspaceItems = 1000;  // providers, calendars, templates, lines in one list
inline constexpr size_t kMaxHolidays = 4000;        // a century of forty a year
inline constexpr size_t kMaxSpansADay = 48;         // working times in one day
inline constexpr size_t kMaxContacts = 1000;        // of one item
inline constexpr size_t kMaxCardValues = 1000;  // phones, e-mails, chats or suppressed addresses of a card
inline constexpr size_t kMaxPhoneBytes = 250;   // longer texts are not numbers (libphonenumber's bound)

// --- Simulation and coverage
// --------------------------------------------------------------------------------------------
inline constexpr size_t kMaxSimulatedEvents = 1'000'000;   // in one run; some 150 bytes each beside its text
inline constexpr size_t kMaxSimulatedIntents = 1'000'000;  // waiting at one moment, some 500 bytes each
inline constexpr size_t kMaxCoverageUnreached = 1000;      // listed by name; all are counted
inline constexpr size_t kMaxCoverageErrors = 100;          // unreadable records listed; all are counted

// --- Tables
// ---------------------------------------------------------------------------------------------------------
inline constexpr size_t kMaxTableSections = 64;        // in tables.dat; there are nine
inline constexpr size_t kMaxPhonePatternNesting = 16;  // groups in one pattern; the longest nests five
inline constexpr size_t kMaxPhoneProgram = 16384;      // instructions of one pattern; the longest has 1,025

}  // namespace recado
