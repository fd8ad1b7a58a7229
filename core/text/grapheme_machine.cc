#include "core/text/grapheme_machine.h"

namespace recado::text {
namespace grapheme_internal {

#include "core/text/grapheme_table.inc"

}  // namespace grapheme_internal

namespace {

using Class = GraphemeClass;
using namespace grapheme_internal;

constexpr bool IsControl(Class c) {
  return c == Class::kCr || c == Class::kLf || c == Class::kControl;
}

constexpr bool IsMark(Class c) {
  return c == Class::kExtend || c == Class::kExtendCcc || c == Class::kVirama || c == Class::kZwj ||
         c == Class::kSpacingMark;
}

// Rules GB3 to GB13 of UAX #29: whether `c` joins what came before.
constexpr bool Joins(State state, Class c) {
  if (state == kAfterCr) return c == Class::kLf;
  if (state == kStart || IsControl(c)) return false;
  if (IsMark(c)) return true;
  switch (state) {
    case kPrepend:
      return true;
    case kHangulL:
      return c == Class::kL || c == Class::kV || c == Class::kLv || c == Class::kLvt;
    case kHangulV:
      return c == Class::kV || c == Class::kT;
    case kHangulT:
      return c == Class::kT;
    case kFlagHalf:
      return c == Class::kRegionalIndicator;
    case kPictZwj:
      return c == Class::kExtPict;
    case kConsonantVirama:
      return c == Class::kConsonant;
    default:
      return false;
  }
}

// What marks make of a state: pictographs and consonants remember themselves through them.
constexpr State AfterMark(State state, Class c) {
  if (state == kPict && c != Class::kSpacingMark) return c == Class::kZwj ? kPictZwj : kPict;
  const bool conjunct = state == kConsonant || state == kConsonantVirama;
  if (conjunct && c == Class::kVirama) return kConsonantVirama;
  if (conjunct && (c == Class::kExtendCcc || c == Class::kZwj)) return state;
  return kPlain;
}

constexpr State After(State state, Class c) {
  switch (c) {
    case Class::kCr:
      return kAfterCr;
    case Class::kLf:
    case Class::kControl:
      return kStart;
    case Class::kRegionalIndicator:
      return state == kFlagHalf ? kPlain : kFlagHalf;
    case Class::kPrepend:
      return kPrepend;
    case Class::kL:
      return kHangulL;
    case Class::kV:
    case Class::kLv:
      return kHangulV;
    case Class::kT:
    case Class::kLvt:
      return kHangulT;
    case Class::kExtPict:
      return kPict;
    case Class::kConsonant:
      return State::kConsonant;
    case Class::kOther:
      return kPlain;
    default:
      return AfterMark(state, c);
  }
}

constexpr std::array<std::array<uint8_t, kGraphemeClasses>, kStates> MakeTransitions() {
  std::array<std::array<uint8_t, kGraphemeClasses>, kStates> table{};
  for (size_t s = 0; s < kStates; ++s) {
    for (size_t c = 0; c < kGraphemeClasses; ++c) {
      const auto state = static_cast<State>(s);
      const auto cls = static_cast<Class>(c);
      const unsigned starts = Joins(state, cls) ? 0U : kStartsCluster;
      table[s][c] = static_cast<uint8_t>(After(state, cls) | starts);
    }
  }
  return table;
}

}  // namespace

const std::array<std::array<uint8_t, kGraphemeClasses>, grapheme_internal::kStates>
    grapheme_internal::kTransitions = MakeTransitions();

}  // namespace recado::text
