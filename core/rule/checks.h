// The parts of CheckRule, one file each. Private to the room.
#pragma once

#include "core/crm/schema.h"
#include "core/crm/workspace.h"
#include "core/liquid/check.h"
#include "core/rule/rule.h"

namespace recado::rule {

// What a rule is judged against, and where the findings go. Paths are completed by `root`, the pointer to the
// rule in its document.
struct Judge {
  const crm::Schema& schema;
  const crm::Workspace& workspace;
  const liquid::Type& variables;
  std::string root;
  Diagnostics& out;

  void Report(std::string_view path, Diagnostic diagnostic) const {
    out.push_back(std::move(diagnostic).At(root + std::string(path)));
  }
};

// Entity, pipeline and stage against the schema.
void CheckTrigger(const Trigger& on, const Judge& judge);
// Fields, operators and values of the conditions.
void CheckConditions(const Conditions& conditions, const Judge& judge);
// Fields and calendar of the timing.
void CheckTiming(const Timing& timing, const Judge& judge);
// Providers, lines, channels, mailboxes, attachments, limits: everything of an action but its templates.
void CheckAction(const Rule& rule, const Judge& judge);

// The type of a dotted path ("deal.amount", "contacts.0.first_name"); null where it does not exist, which is
// then reported at `path`.
const liquid::Type* ResolveField(std::string_view field, std::string_view path, const Judge& judge);

// How many characters a template prints at least, whatever the data: its text outside of blocks, with the
// blanks at the edges of tags left out (a tag may trim them).
size_t LiteralCharacters(std::string_view source);
// The same stretches themselves, for checks on what is certainly printed.
bool LiteralContains(std::string_view source, std::string_view characters);

// "text" for {"text", kText …}: the words of invalid values and operators.
std::string_view TypeName(const liquid::Type& type);

}  // namespace recado::rule
