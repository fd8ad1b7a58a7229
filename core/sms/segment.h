// Cutting a text into the parts of a concatenated message.
//
// Greedy: each part is filled as far as it goes, never cutting an escape from its septet or a surrogate from
// its other half; the room that stays free is lost, which is why no division of the length answers the
// question. With `keep_clusters` a grapheme cluster is not cut either, unless it is longer than a part: then
// it is cut like anything else.
#pragma once

#include "core/sms/alphabet.h"
#include "core/sms/scan.h"
#include "core/text/grapheme_machine.h"

namespace recado::sms {

// What a character costs in GSM-7 with certain tables …
struct GsmCost {
  const Costs& costs;
  bool simple_runs;  // whether every simple character costs one septet
  int operator()(const Point& point) const { return costs[ClassOf(point.code_point)]; }
};
// … and in UCS-2.
struct Ucs2Cost {
  static constexpr bool simple_runs = true;
  int operator()(const Point& point) const { return point.units16; }
};

struct Segments {
  int count = 0;
  int last_units = 0;
};

// `cut(at, units)` is called where a part ends and another begins, with the units of the part that ends. The
// text is not empty and every character of it has a cost.
template <class Text, class Cost, class Cut>
class Segmenter {
 public:
  Segmenter(const Text& text, const Cost& cost, int capacity, const Cut& cut)
      : text_(text), cost_(cost), capacity_(capacity), cut_(cut) {}

  Segments Plain() {
    AddPlain(0, text_.size());
    return {count_, used_};
  }

  Segments KeepingClusters() {
    text::GraphemeMachine machine;
    size_t start = 0;
    int units = 0;
    for (size_t at = 0; at < text_.size();) {
      const Point point = text_.At(at);
      if (machine.Starts(point.code_point) && at > 0) {
        AddCluster(start, at, units);
        start = at;
        units = 0;
      }
      units += cost_(point);
      at += point.length;
    }
    AddCluster(start, text_.size(), units);
    return {count_, used_};
  }

 private:
  void Cutting(size_t at) {
    cut_(at, used_);
    ++count_;
    used_ = 0;
  }

  void AddPlain(size_t at, size_t end) {
    while (at < end) {
      if (const size_t run = cost_.simple_runs ? text_.SimpleRun(at, end) : 0) {
        AddRun(at, run);
        at += run;
        continue;
      }
      const Point point = text_.At(at);
      const int units = cost_(point);
      if (used_ + units > capacity_) Cutting(at);
      used_ += units;
      at += point.length;
    }
  }

  // `run` characters of one unit each.
  void AddRun(size_t at, size_t run) {
    auto room = static_cast<size_t>(capacity_ - used_);
    while (run > room) {
      used_ = capacity_;
      at += room;
      run -= room;
      Cutting(at);
      room = static_cast<size_t>(capacity_);
    }
    used_ += static_cast<int>(run);
  }

  void AddCluster(size_t start, size_t end, int units) {
    if (units > capacity_) {
      AddPlain(start, end);
      return;
    }
    if (used_ + units > capacity_) Cutting(start);
    used_ += units;
  }

  const Text& text_;
  const Cost& cost_;
  int capacity_;
  const Cut& cut_;
  int count_ = 1;
  int used_ = 0;
};

}  // namespace recado::sms
