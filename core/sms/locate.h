// Places in a text, found from left to right.
//
// Parts, culprits and faults are spans in two kinds of units with line and column. Asking LocateSpan() for
// each would read the text from its start every time; this walks once, as long as it is asked in ascending
// order.
#pragma once

#include <cassert>

#include "core/base/diagnostic.h"
#include "core/sms/scan.h"

namespace recado::sms {

template <class Text>
class Locator {
 public:
  explicit Locator(const Text& text) : text_(text) {}

  // The span of [from, to), offsets in the text's units. `from` must not be less than the last `to`.
  Span SpanOf(size_t from, size_t to) {
    MoveTo(from);
    const Place start = here_;
    MoveTo(to);
    return {Small(start.bytes),   Small(here_.bytes), Small(start.units16),
            Small(here_.units16), Small(start.line),  Small(start.column)};
  }

 private:
  struct Place {
    size_t at = 0;
    size_t bytes = 0;
    size_t units16 = 0;
    size_t line = 1;
    size_t column = 1;
  };

  static uint32_t Small(size_t value) { return static_cast<uint32_t>(value); }

  void MoveTo(size_t at) {
    assert(at >= here_.at);
    while (here_.at < at) {
      if (const size_t run = text_.SimpleRun(here_.at, at)) {
        Skip(run);
      } else {
        const Point point = text_.At(here_.at);
        Advance(point.length, point.bytes, point.units16);
        NoteLine(point.code_point);
      }
    }
  }

  // A run of simple characters, each one byte and one unit.
  void Skip(size_t run) {
    const size_t start = here_.at;
    Advance(run, run, run);
    bool lines = false;
    for (size_t i = start; i < here_.at; ++i) lines |= text_.Unit(i) == U'\n';
    if (!lines) {
      here_.column += run;
      return;
    }
    for (size_t i = start; i < here_.at; ++i) NoteLine(text_.Unit(i));
  }

  void Advance(size_t length, size_t bytes, size_t units16) {
    here_.at += length;
    here_.bytes += bytes;
    here_.units16 += units16;
  }

  void NoteLine(char32_t code_point) {
    const bool line_feed = code_point == U'\n';
    here_.line += line_feed ? 1 : 0;
    here_.column = line_feed ? 1 : here_.column + 1;
  }

  const Text& text_;
  Place here_;
};

}  // namespace recado::sms
