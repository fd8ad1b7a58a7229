// The direct border: counting SMS and rendering prepared templates without JSON, for calls that are made
// thousands of times a second.
//
// JavaScript writes UTF-16 into the buffer (its own form of texts: lone surrogates stay what they are, and
// all offsets are right as they come), calls, and reads the answer as 32-bit integers; both stay where they
// are until the next call. The integers of one answer, in this order:
//
//   [0] 1 where the rest is to be read, 0 where the answer holds more than numbers can say (faults) and
//       countSms must be asked
//   [1] encoding: 0 gsm7, 1 ucs2   [2] units   [3] segments   [4] per_segment   [5] remaining
//   and with details: [6] characters   [7] number of parts   [8] of culprits   [9] of characters of two
//   septets [10] suggestion: 0 none, else 1 + its encoding   [11] its segments then parts (to, units),
//   culprits (from, to, units of the replacement or −1), extended (from, to). The replacements stand one
//   behind the other, in UTF-16, at recado_words().
//
// Only the default circumstances: 8-bit references, no national tables, nothing forced.
#include <bit>
#include <cstdint>
#include <cstring>
#include <emscripten/emscripten.h>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/utf8.h"
#include "core/sms/count.h"
#include "core/sms/outline.h"
#include "wasm/handles.h"

namespace {

using recado::sms::Encoding;
using recado::sms::Mark;
using recado::sms::Outline;
using recado::sms::SmsNumbers;

constexpr size_t kPieceBytes = 16 * 1024;  // of texts of a batch, that JavaScript decodes at once

std::vector<char> buffer;
std::vector<int32_t> answer;
std::u16string words;  // the replacements of one call
std::string rendered;  // texts of one call, one behind the other

int32_t Int(size_t value) {
  return static_cast<int32_t>(value);
}

void Put(std::initializer_list<int32_t> numbers) {
  answer.insert(answer.end(), numbers);
}

int32_t Code(Encoding encoding) {
  return encoding == Encoding::kUcs2 ? 1 : 0;
}

// The replacements are ASCII or letters with their accents: no pairs of surrogates.
int32_t WordOf(std::string_view utf8) {
  const size_t before = words.size();
  for (size_t at = 0; at < utf8.size();) {
    const recado::utf8::Decoded decoded = recado::utf8::Decode(utf8, at);
    words.push_back(static_cast<char16_t>(decoded.code_point));
    at += decoded.length;
  }
  if (words.size() - before != 1) return Int(words.size() - before);
  const char16_t only = words.back();
  words.pop_back();
  return 0x10000 + only;
}

// Where the lists of an answer go: behind its numbers, with room for all of them.
int32_t* Extend(size_t integers) {
  const size_t before = answer.size();
  answer.resize(before + integers);
  return answer.data() + before;
}

void PutParts(const Outline& outline) {
  int32_t* out = Extend(outline.parts.size() * 2);
  for (const Outline::Part& part : outline.parts) {
    *out++ = Int(part.end);
    *out++ = part.units;
  }
}

void PutMarks(const Outline& outline) {
  const bool foreign = outline.form->encoding == Encoding::kUcs2;
  std::string_view replacements = outline.marks.replacements;
  int32_t* out = Extend(outline.marks.list.size() * (foreign ? 3 : 2));
  for (const Mark& mark : outline.marks.list) {
    *out++ = Int(mark.place.from);
    *out++ = Int(mark.place.to);
    if (!foreign) continue;
    const size_t bytes = mark.replacement.value_or(0);
    *out++ = mark.replacement ? WordOf(replacements.substr(0, bytes)) : -1;
    replacements.remove_prefix(bytes);
  }
}

void CountWithDetails(std::u16string_view text) {
  static Outline outline;  // keeps its memory
  if (!outline.Of(recado::sms::Utf16Text(text), {})) {
    answer.push_back(0);
    return;
  }
  const recado::sms::Form& form = *outline.form;
  const int32_t marks = Int(outline.marks.list.size());
  const int32_t encoding = Code(form.encoding);
  Put({1, encoding, Int(form.units), Int(form.segments), form.capacity, form.capacity - form.last_units,
       Int(outline.tally.characters), Int(outline.parts.size()), encoding == 1 ? marks : 0,
       encoding == 1 ? 0 : marks, outline.cheaper ? 1 + Code(outline.cheaper->encoding) : 0,
       outline.cheaper ? outline.cheaper->segments : 0});
  PutParts(outline);
  PutMarks(outline);
}

void CountSize(std::u16string_view text) {
  const SmsNumbers size = recado::sms::CountSizeUtf16(text);
  Put({size.fault ? 0 : 1, Code(size.encoding), size.units, size.segments, size.per_segment, size.remaining});
}

void CountOne(std::u16string_view text, bool details) {
  if (details) {
    CountWithDetails(text);
  } else {
    CountSize(text);
  }
}

// UTF-16 units of valid UTF-8: one a character, two where it takes four bytes. Eight bytes at a time.
size_t Units16(std::string_view text) {
  constexpr uint64_t kOnes = 0x0101010101010101ULL;
  size_t units = text.size();
  const auto take = [&units](uint64_t block) {
    const uint64_t high = block >> 7;
    const uint64_t second = block >> 6;
    units -= static_cast<size_t>(std::popcount(high & ~second & kOnes));
    units += static_cast<size_t>(std::popcount(high & second & (block >> 5) & (block >> 4) & kOnes));
  };
  uint64_t block = 0;
  for (; text.size() >= sizeof(block); text.remove_prefix(sizeof(block))) {
    std::memcpy(&block, text.data(), sizeof(block));
    if ((block & kOnes << 7) != 0) take(block);
  }
  block = 0;
  std::memcpy(&block, text.data(), text.size());
  take(block);
  return units;
}

}  // namespace

extern "C" {

// The buffer with room for so many bytes. What it held is lost where it has to grow.
EMSCRIPTEN_KEEPALIVE char* recado_buffer(size_t bytes) {
  if (buffer.size() < bytes) {
    buffer.clear();
    buffer.resize(bytes);
  }
  return buffer.data();
}

// --- SMS

EMSCRIPTEN_KEEPALIVE const char16_t* recado_words() {
  return words.data();
}

// Counts the first `units` of the buffer.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_count(size_t units, bool details) {
  answer.clear();
  words.clear();
  CountOne({reinterpret_cast<const char16_t*>(buffer.data()), units}, details);
  return answer.data();
}

// Counts many texts: their units stand first in the buffer, 32 bits each, then they themselves, one behind
// the other. So do the answers; one without details always takes six integers.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_count_many(size_t texts, bool details) {
  answer.clear();
  words.clear();
  const auto* units = reinterpret_cast<const uint32_t*>(buffer.data());
  const auto* text = reinterpret_cast<const char16_t*>(units + texts);
  for (size_t i = 0; i < texts; text += units[i++]) CountOne({text, units[i]}, details);
  return answer.data();
}

// --- Templates. `snapshot` and `program` are the addresses of handles, `now` milliseconds since 1970.

// Bytes of the text at recado_rendered(), or -1 where there is none: then Template.render says why.
EMSCRIPTEN_KEEPALIVE int recado_render(recado::wasm::TemplateHandle* program,
                                       recado::wasm::SnapshotHandle* snapshot, double now) {
  const recado::Instant at{static_cast<int64_t>(now)};
  if (!program->Ok() || !snapshot->RenderInto(rendered, *program->program(), at)) return -1;
  return static_cast<int>(rendered.size());
}

// One template for the snapshots whose addresses stand in the buffer, from the one at `first` on, until so
// much text is there that more of it would be slower to take over in one piece. The answer: the bytes of all
// texts together, their number, and for each its UTF-16 units, or -1.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_render_many(recado::wasm::TemplateHandle* program, size_t first,
                                                       size_t snapshots, double now) {
  const recado::Instant at{static_cast<int64_t>(now)};
  const auto* addresses = reinterpret_cast<recado::wasm::SnapshotHandle* const*>(buffer.data());
  static std::string one;
  rendered.clear();
  answer.assign(2, 0);
  for (size_t i = first; i < snapshots && rendered.size() < kPieceBytes; ++i) {
    const bool good = program->Ok() && addresses[i]->RenderInto(one, *program->program(), at);
    answer.push_back(good ? Int(Units16(one)) : -1);
    if (good) rendered += one;
  }
  answer[0] = Int(rendered.size());
  answer[1] = Int(answer.size() - 2);
  return answer.data();
}

EMSCRIPTEN_KEEPALIVE const char* recado_rendered() {
  return rendered.data();
}
}
