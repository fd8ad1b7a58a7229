// Io: where a command reads and writes, so that commands run in a test exactly as they run in a shell.
//
// Machine output goes to `out`, everything meant for a person's eye beside it (summaries, warnings about
// usage) to `err` (formats §6). Nothing is owned. One command at a time; not for several threads.
#pragma once

#include <cstdio>
#include <functional>
#include <string>
#include <string_view>

namespace recado::cli {

// Exit codes of every command (formats §6).
inline constexpr int kFine = 0;
inline constexpr int kInputHasErrors = 1;  // or something was not sent
inline constexpr int kWrongUsage = 2;

struct Io {
  int in = 0;  // file descriptor
  std::FILE* out = stdout;
  std::FILE* err = stderr;
  bool colour = false;  // `out` is a terminal that shows colours
};

// The process's own streams. Colour where stdout is a terminal, NO_COLOR is not set and TERM is not "dumb".
Io StandardIo();

void Print(std::FILE* file, std::string_view text);
void PrintLine(std::FILE* file, std::string_view text);
// "recado: <sentence>" on `err`; answers kWrongUsage, so that a command can end with it.
int Complain(const Io& io, std::string_view sentence);

// Calls `line` for each line of `in` (without its newline), in order, reading on as lines come. Whenever
// reading might have to wait, `out` is flushed first: a program at the other end of two pipes gets each
// answer before it has to send the next question. A line longer than kMaxLineBytes is given as `too_long`,
// once, without its text. False: reading failed.
struct Line {
  std::string_view text;
  bool too_long = false;
};
bool ForEachLine(const Io& io, const std::function<void(const Line&)>& line);

// Everything `in` has, at most kMaxLineBytes; nothing where there is more or reading fails.
bool ReadAll(const Io& io, std::string& text);

// The JSON bound of the core is 8 MB; a line a little longer is still read, so that the core can say why it
// refuses.
inline constexpr size_t kMaxLineBytes = 16 * 1024 * 1024;

}  // namespace recado::cli
