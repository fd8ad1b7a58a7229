// The direct border: counting SMS and rendering prepared templates without JSON, for calls that are made
// thousands of times a second.
//
// JavaScript writes UTF-8 into the text buffer, calls, and reads the answer as 32-bit integers out of the
// answer buffer; both stay where they are until the next call. The integers of one answer, in this order:
//
//   [0] 1 where the rest is to be read, 0 where the answer holds more than numbers can say (faults, …) and
//       countSms must be asked
//   [1] encoding: 0 gsm7, 1 ucs2   [2] units   [3] segments   [4] characters   [5] per_segment   [6]
//   remaining [7] number of parts            [8] of culprits            [9] of characters of two septets [10]
//   suggestion: 0 none, else 1 + its encoding   [11] its segments   [12] bytes of its text then parts (from,
//   to, units), culprits (from, to, bytes of the replacement or −1), extended (from, to); the texts of the
//   replacements and the suggestion stand in the text buffer, one behind the other.
//
// Only the default circumstances: 8-bit references, no national tables, nothing forced.
#include <cstdint>
#include <emscripten/emscripten.h>
#include <string>
#include <string_view>
#include <vector>

#include "core/sms/count.h"
#include "wasm/handles.h"

namespace {

using recado::sms::CountNumbers;
using recado::sms::Culprit;
using recado::sms::Encoding;
using recado::sms::Part;
using recado::sms::SmsCount;
using recado::sms::SmsNumbers;

constexpr char kSeparator = '\0';  // between the texts of a batch

std::vector<char> text_buffer;
std::vector<int32_t> answer;
std::string words;     // replacements and suggestions of one call
std::string rendered;  // texts of one call, one behind the other

int32_t Int(size_t value) {
  return static_cast<int32_t>(value);
}

void Header(const SmsNumbers& numbers, size_t parts) {
  const int32_t encoding = numbers.encoding == Encoding::kUcs2 ? 1 : 0;
  const int32_t header[] = {1,
                            encoding,
                            numbers.units,
                            numbers.segments,
                            numbers.characters,
                            numbers.per_segment,
                            numbers.remaining,
                            Int(parts),
                            0,
                            0,
                            0,
                            0,
                            0};
  answer.insert(answer.end(), std::begin(header), std::end(header));
}

// Each character is one septet, one byte and one UTF-16 unit: the parts follow from the numbers.
void Even(const SmsNumbers& numbers) {
  Header(numbers, static_cast<size_t>(numbers.segments));
  for (int from = 0; from < numbers.units; from += numbers.per_segment) {
    const int to = from + numbers.per_segment < numbers.units ? from + numbers.per_segment : numbers.units;
    const int32_t part[] = {from, to, to - from};
    answer.insert(answer.end(), std::begin(part), std::end(part));
  }
}

void Culprits(const SmsCount& count) {
  for (const Culprit& culprit : count.culprits) {
    answer.push_back(Int(culprit.span.from16));
    answer.push_back(Int(culprit.span.to16));
    if (!culprit.forces_ucs2) continue;
    answer.push_back(culprit.replacement ? Int(culprit.replacement->size()) : -1);
    if (culprit.replacement) words += *culprit.replacement;
  }
}

void Whole(std::string_view text) {
  const recado::Result<SmsCount> counted = recado::sms::Count(text, {});
  if (!counted.ok()) {
    answer.push_back(0);
    return;
  }
  const SmsCount& count = *counted;
  const size_t header = answer.size();
  Header({{},
          count.encoding,
          count.units,
          count.segments,
          count.characters,
          count.per_segment,
          count.remaining,
          count.locking,
          count.single},
         count.parts.size());
  const bool forced = count.encoding == Encoding::kUcs2;
  answer[header + (forced ? 8 : 9)] = Int(count.culprits.size());
  for (const Part& part : count.parts) {
    const int32_t entry[] = {Int(part.span.from16), Int(part.span.to16), part.units};
    answer.insert(answer.end(), std::begin(entry), std::end(entry));
  }
  Culprits(count);
  if (!count.suggestion) return;
  answer[header + 10] = count.suggestion->encoding == Encoding::kUcs2 ? 2 : 1;
  answer[header + 11] = count.suggestion->segments;
  answer[header + 12] = Int(count.suggestion->text.size());
  words += count.suggestion->text;
}

bool IsAscii(std::string_view text) {
  unsigned char all = 0;
  for (const char c : text) all = static_cast<unsigned char>(all | static_cast<unsigned char>(c));
  return all < 0x80;
}

void CountOne(std::string_view text) {
  if (IsAscii(text)) {
    const SmsNumbers numbers = CountNumbers(text, {});
    const bool even = !numbers.fault && numbers.encoding == Encoding::kGsm7 &&
                      static_cast<size_t>(numbers.units) == text.size();
    if (even) return Even(numbers);
  }
  // JavaScript has written U+FFFD for lone surrogates, which are a fault that the answer must show.
  if (text.find("\xEF\xBF\xBD") != std::string_view::npos)
    answer.push_back(0);
  else
    Whole(text);
}

// UTF-16 units of valid UTF-8: one a character, two where it takes four bytes.
size_t Units16(std::string_view text) {
  size_t units = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    units += (byte & 0xC0) != 0x80 ? 1 : 0;
    units += byte >= 0xF0 ? 1 : 0;
  }
  return units;
}

}  // namespace

extern "C" {

// --- SMS

// The text buffer with room for so many bytes.
EMSCRIPTEN_KEEPALIVE char* recado_text(size_t bytes) {
  if (text_buffer.size() < bytes) text_buffer.resize(bytes);
  return text_buffer.data();
}

EMSCRIPTEN_KEEPALIVE const char* recado_words() {
  return words.data();
}

// Counts the first `bytes` of the text buffer.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_count(size_t bytes) {
  answer.clear();
  words.clear();
  CountOne({text_buffer.data(), bytes});
  return answer.data();
}

// Counts many texts, with a NUL between each two; the answers stand one behind the other.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_count_many(size_t bytes) {
  answer.clear();
  words.clear();
  std::string_view rest(text_buffer.data(), bytes);
  while (true) {
    const size_t end = rest.find(kSeparator);
    CountOne(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
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

// One template for the snapshots whose addresses stand in the text buffer. The answer: for each the UTF-16
// units of its text, or -1; before them the bytes of all texts together.
EMSCRIPTEN_KEEPALIVE const int32_t* recado_render_many(recado::wasm::TemplateHandle* program,
                                                       size_t snapshots, double now) {
  const recado::Instant at{static_cast<int64_t>(now)};
  const auto* addresses = reinterpret_cast<recado::wasm::SnapshotHandle* const*>(text_buffer.data());
  static std::string one;
  rendered.clear();
  answer.assign(1, 0);
  for (size_t i = 0; i < snapshots; ++i) {
    const bool good = program->Ok() && addresses[i]->RenderInto(one, *program->program(), at);
    answer.push_back(good ? Int(Units16(one)) : -1);
    if (good) rendered += one;
  }
  answer[0] = Int(rendered.size());
  return answer.data();
}

EMSCRIPTEN_KEEPALIVE const char* recado_rendered() {
  return rendered.data();
}
}
