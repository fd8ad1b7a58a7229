// Judging a rule before it goes live: everything that a program can know from the rule, the schema and the
// workspace.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/crm/schema.h"
#include "core/crm/workspace.h"
#include "core/liquid/template.h"
#include "core/rule/rule.h"

namespace recado::rule {

// A template of a rule with the place it stands at.
struct NamedTemplate {
  std::string path;  // "/action/text", "/action/parameters/name"
  liquid::TemplatePtr program;
};

// A rule ready to run: parsed, checked, templates compiled once. Immutable; share it by pointer between
// threads.
struct CompiledRule {
  Rule rule;
  std::vector<NamedTemplate> templates;
  // False gives the skip rule_invalid. Errors that only say what is not connected (unknown_provider,
  // unknown_line, unknown_channel, unknown_mailbox, no_chat_channel) keep a rule from being published but
  // leave it valid: at run time they have skips of their own that say more (no_provider, no_telephony, …).
  bool valid = true;

  const liquid::Template* Find(std::string_view path) const;  // null: no such template
};
using CompiledRulePtr = std::shared_ptr<const CompiledRule>;

struct Checked {
  CompiledRulePtr rule;     // null where the document could not be parsed at all
  Diagnostics diagnostics;  // of form, templates, schema and workspace; in document order
};

// Parses, checks and compiles one rule document. Diagnostics' paths are pointers into it.
Checked CheckRule(const Json& document, const crm::Schema& schema, const crm::Workspace& workspace);

// Every rule of a document of one or of many; as ParseRules. A document of many is taken for the whole set
// and judged by CheckTogether too, unless `together` says that there are more.
std::vector<Checked> CheckRules(const Json& document, const crm::Schema& schema,
                                const crm::Workspace& workspace, bool together = true);

// A finding about one rule of several; its path is a pointer into that rule.
struct RuleFinding {
  size_t rule = 0;  // index into the set
  Diagnostic diagnostic;
};
// What goes wrong between the rules of a whole set: two that reach the same customer by the same channel at
// the same moment (rules_collide), one that waits for none (nothing_to_wait_for). Nulls are passed over.
std::vector<RuleFinding> CheckTogether(std::span<const CompiledRulePtr> rules, const crm::Schema& schema);

}  // namespace recado::rule
