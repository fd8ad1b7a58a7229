// GraphemeMachine: finds the starts of grapheme clusters in a stream of code points, one at a time.
//
// UAX #29's extended grapheme clusters with ICU 72's one addition (conjuncts of six Indic scripts stay
// together), as a state machine over a table made from the Unicode Character Database. ICU's own iterator
// answers the same (the tests hold one against the other) but wants its break data, an object per thread and
// some 50 ns a character; this wants nothing and some 2 ns, and it rides along in loops that decode the text
// anyway (sms/).
//
//   GraphemeMachine machine;
//   for (char32_t c : text) clusters += machine.Starts(c);
//
// A plain value of one byte. Ask fresh machines at the start of each text.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace recado::text {

// What a code point is to the rules. The order is make_grapheme_table.mjs's.
enum class GraphemeClass : uint8_t {
  kOther,
  kCr,
  kLf,
  kControl,
  kExtend,     // marks of combining class 0
  kExtendCcc,  // marks of any other combining class
  kVirama,     // of the scripts whose conjuncts stay together
  kZwj,
  kRegionalIndicator,
  kPrepend,
  kSpacingMark,
  kL,
  kV,
  kT,
  kLv,
  kLvt,
  kExtPict,
  kConsonant,  // of the same scripts
};
inline constexpr size_t kGraphemeClasses = 18;

namespace grapheme_internal {

// What of the past decides whether the next code point joins.
enum State : uint8_t {
  kStart,    // also after a control: nothing joins
  kAfterCr,  // LF joins
  kPlain,    // marks join, as they do in all states below
  kPrepend,  // everything but a control joins
  kHangulL,
  kHangulV,
  kHangulT,
  kFlagHalf,  // one regional indicator without its partner
  kPict,      // a pictograph and marks
  kPictZwj,   // … and a joiner: another pictograph joins
  kConsonant,
  kConsonantVirama,  // another consonant joins
};
inline constexpr size_t kStates = 12;
inline constexpr uint8_t kStartsCluster = 0x80;

// Class tables: a block for each index, the indexes of planes 0 and 1 and of the tags in plane 14. Everything
// else is kOther. Here so that the look-up is inlined into loops that do little else.
inline constexpr unsigned kBlockShift = 6;
inline constexpr size_t kBlockSize = size_t{1} << kBlockShift;
inline constexpr size_t kLowBlocks = 0x20000 >> kBlockShift;
inline constexpr char32_t kHighStart = 0xE0000;
inline constexpr size_t kHighBlocks = 0x1000 >> kBlockShift;
extern const std::array<uint8_t, kLowBlocks> kLowIndex;
extern const std::array<uint8_t, kHighBlocks> kHighIndex;
extern const uint8_t kBlocks[][kBlockSize];

// [state][class] → next state, with kStartsCluster where the code point does not join.
extern const std::array<std::array<uint8_t, kGraphemeClasses>, kStates> kTransitions;

}  // namespace grapheme_internal

// Any value is allowed; what is no code point is kOther.
inline GraphemeClass GraphemeClassOf(char32_t code_point) {
  using namespace grapheme_internal;
  const char32_t block = code_point >> kBlockShift;
  const char32_t offset = code_point & (kBlockSize - 1);
  if (block < kLowBlocks) return static_cast<GraphemeClass>(kBlocks[kLowIndex[block]][offset]);
  const char32_t high = (code_point - kHighStart) >> kBlockShift;
  if (code_point < kHighStart || high >= kHighBlocks) return GraphemeClass::kOther;
  return static_cast<GraphemeClass>(kBlocks[kHighIndex[high]][offset]);
}

class GraphemeMachine {
 public:
  // Takes the next code point; whether a new cluster starts with it. The first of a text always starts one.
  bool Starts(char32_t code_point) {
    const auto row = static_cast<size_t>(GraphemeClassOf(code_point));
    const uint8_t next = grapheme_internal::kTransitions[state_][row];
    state_ = next & 0x7F;
    return (next & grapheme_internal::kStartsCluster) != 0;
  }

  // Whether each of a run of ASCII characters (LF and printable ones, no CR) would start a cluster. True but
  // after a prepended mark, which takes the next character in, and after CR, which takes in LF.
  bool AsciiStarts() const {
    return state_ != grapheme_internal::kPrepend && state_ != grapheme_internal::kAfterCr;
  }

  // Takes such a run at once, of which `last` is the last character: for loops that skip over plain text.
  void SkipAscii(char32_t last) {
    state_ = last == U'\n' ? grapheme_internal::kStart : grapheme_internal::kPlain;
  }

 private:
  uint8_t state_ = grapheme_internal::kStart;
};

}  // namespace recado::text
