// Partials: include shares the caller's variables, render sees only the data and what it is given.
#include <algorithm>

#include "core/base/limits.h"
#include "core/liquid/check.h"
#include "core/liquid/renderer.h"

namespace recado::liquid {
namespace {

Diagnostic UnknownPartial(std::string_view name, const Partials* partials) {
  std::vector<std::string_view> names;
  if (partials != nullptr) {
    for (const auto& [known, program] : *partials) names.push_back(known);
  }
  Diagnostic fault = Diagnostic::Of(DiagnosticCode::unknown_partial).With("name", std::string(name));
  const std::string_view suggestion = NearestName(name, names);
  if (!suggestion.empty()) fault = std::move(fault).With("suggestion", std::string(suggestion));
  return fault;
}

}  // namespace

// Numbers the program's names in the scope: a scope of its own, or the one that is open.
void Renderer::EnterScope(const Template::Program& program, bool isolated) {
  Activation& activation = activations_.back();
  activation.map = static_cast<uint32_t>(map_.size());
  activation.isolated = isolated;
  const auto count = static_cast<uint32_t>(program.symbols.size());
  Charge(count / 16);
  if (!isolated) {
    Charge(count * (symbols_.size() / 16));  // each name is looked for among all
    activation.scope = activations_[activations_.size() - 2].scope;
    for (const Name& name : program.symbols) map_.push_back(FindSymbol(name));
    return;
  }
  activation.scope = static_cast<uint32_t>(symbols_.size());
  symbols_.resize(symbols_.size() + count);
  for (uint32_t i = 0; i < count; ++i) {
    symbols_[activation.scope + i].name = program.symbols[i];
    map_.push_back(activation.scope + i);
  }
}

void Renderer::Restore() {
  const Activation& activation = activations_.back();
  program_ = activation.program;
  pc_ = activation.pc;
  map_base_ = activation.map;
}

void Renderer::BeginPartial(const PartialInfo& info) {
  top_ -= info.arguments.size();
  const Value* arguments = top_;
  const Value subject = info.has_subject ? *--top_ : Value();
  const Value name = *--top_;
  const auto found = options_.partials == nullptr || !name.IsText()
                         ? Partials::const_iterator()
                         : options_.partials->find(name.AsString());
  if (options_.partials == nullptr || !name.IsText() || found == options_.partials->end() ||
      found->second == nullptr) {
    Fail(UnknownPartial(ToText(name), options_.partials));
    return;
  }
  const bool inside_render = std::any_of(activations_.begin() + 1, activations_.end(),
                                         [](const Activation& activation) { return activation.isolated; });
  if (inside_render && !info.isolated) {
    Fail(Diagnostic::Of(DiagnosticCode::include_not_allowed));
    return;
  }
  if (activations_.size() > kMaxPartialDepth) {
    Fail(Diagnostic::Of(DiagnosticCode::partial_too_deep).With("limit", std::to_string(kMaxPartialDepth)));
    return;
  }
  Value* kept = MakeValues(info.arguments.size());
  if (kept == nullptr && !info.arguments.empty()) return;
  std::copy(arguments, arguments + info.arguments.size(), kept);

  activations_.back().pc = pc_;
  const Template::Program& program = found->second->program();
  Activation& activation = activations_.emplace_back();
  activation.program = &program;
  activation.name = found->first;
  activation.info = &info;
  activation.arguments = kept;
  activation.first_shadow = shadows_.size();
  activation.outer_loop = innermost_;
  const std::string_view file = std::string_view(found->first).substr(found->first.find_last_of('/') + 1);
  const std::string_view subject_name = info.alias.empty() ? file : info.alias;
  activation.subject_name = {subject_name, HashName(subject_name)};
  EnterScope(program, info.isolated);

  int64_t length = 0;
  const bool list = info.isolated ? info.for_each && !subject.IsText() : subject.IsArray();
  activation.each = info.has_subject && list && SourceOf(subject, 0, std::nullopt, activation.items, length);
  if (info.isolated) innermost_ = nullptr;
  if (activation.each) {
    activation.items.cell = arena_.Make<LoopCell>();
    if (activation.items.cell == nullptr) return;
    new (activation.items.cell) LoopCell{nullptr, activation.name, length, 0, 0};
  }
  const size_t sp = static_cast<size_t>(top_ - stack_.data());
  if (stack_.size() < sp + program.max_stack + 1) {
    stack_.resize(sp + program.max_stack + 1);
    top_ = stack_.data() + sp;
  }
  if (activation.each && length == 0) return LeavePartial();
  BindArguments(activation, activation.each ? ItemOf(activation.items, 0) : subject);
  Restore();
}

// Includes hide the caller's variables of these names; a render's scope is its own, so they are simply set.
void Renderer::BindArguments(Activation& activation, const Value& subject) {
  const auto bind = [&](const Name& name, const Value& value) {
    const uint32_t symbol = FindSymbol(name);
    if (activation.isolated) {
      symbols_[symbol].top = {value, State::kSet};
    } else {
      Bind(symbol, value);
    }
  };
  const PartialInfo& info = *activation.info;
  if (info.has_subject) bind(activation.subject_name, subject);
  for (size_t i = 0; i < info.arguments.size(); ++i) bind(info.arguments[i], activation.arguments[i]);
  if (activation.each && activation.isolated) {
    bind({"forloop", HashName("forloop")}, Value::Loop(activation.items.cell));
  }
}

bool Renderer::NextRun() {
  Activation& activation = activations_.back();
  if (!activation.each) return false;
  if (interrupt_ != 0 && !activation.isolated) return false;
  if (++activation.items.cell->index0 >= activation.items.cell->length) return false;
  interrupt_ = 0;
  activation.pc = 0;
  if (activation.isolated) {
    for (size_t i = activation.scope; i < symbols_.size(); ++i) {
      const Name name = symbols_[i].name;
      symbols_[i] = Symbol();
      symbols_[i].name = name;
    }
  } else {
    Unbind(activation.first_shadow);
  }
  BindArguments(activation, ItemOf(activation.items, activation.items.cell->index0));
  Restore();
  return true;
}

void Renderer::LeavePartial() {
  const Activation& activation = activations_.back();
  Unbind(activation.first_shadow);
  innermost_ = activation.outer_loop;
  map_.resize(activation.map);
  if (activation.isolated) {
    symbols_.resize(activation.scope);
    interrupt_ = 0;
  }
  activations_.pop_back();
  Restore();
}

}  // namespace recado::liquid
