// A count without texts of its own: all that is decided about a message, as numbers and places.
//
// Inside of core/sms and for wasm/direct.cc. Count() dresses it up with spans, characters and sentences; the
// direct border hands it to JavaScript as it is. Keep one Outline for many counts: its lists keep their
// memory.
//
//   Outline outline;
//   if (outline.Of(Utf16Text(text), {})) outline.form->segments …
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/sms/culprit.h"
#include "core/sms/form.h"

namespace recado::sms {

struct Outline {
  struct Part {
    size_t end = 0;  // in the text's units; the next one begins there
    int units = 0;
  };
  struct Cheaper {
    Encoding encoding = Encoding::kGsm7;
    int segments = 0;
  };

  Tally tally;
  std::optional<Form> form;
  std::vector<Part> parts;
  Finds finds;
  Marks marks;                     // culprits in UCS-2, characters of two septets in GSM-7
  std::optional<Cheaper> cheaper;  // what the text would be with the replacements, where that is worth it

  // False where there is a fault, which tally and form tell: tally.invalid, no form, form->segments over
  // kMaxSmsSegments. The rest is empty then.
  template <class Text>
  bool Of(const Text& text, const CountOptions& options);
};

// Why a text cannot be sent; nothing where it can.
std::optional<DiagnosticCode> FaultOf(const Tally& tally, const std::optional<Form>& form);

}  // namespace recado::sms
