#include "native/cli/io.h"

#include <cerrno>
#include <cstdlib>
#include <poll.h>
#include <unistd.h>
#include <vector>

namespace recado::cli {
namespace {

constexpr size_t kChunk = 64 * 1024;

// True where a read would not wait.
bool Ready(int descriptor) {
  pollfd wait{descriptor, POLLIN, 0};
  return ::poll(&wait, 1, 0) > 0;
}

ssize_t ReadSome(const Io& io, char* into, size_t room) {
  if (!Ready(io.in)) std::fflush(io.out);
  for (;;) {
    const ssize_t got = ::read(io.in, into, room);
    if (got >= 0 || errno != EINTR) return got;
  }
}

}  // namespace

Io StandardIo() {
  Io io;
  const char* terminal = std::getenv("TERM");
  const bool dumb = terminal == nullptr || std::string_view(terminal) == "dumb";
  io.colour = ::isatty(STDOUT_FILENO) != 0 && std::getenv("NO_COLOR") == nullptr && !dumb;
  return io;
}

void Print(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
}

void PrintLine(std::FILE* file, std::string_view text) {
  Print(file, text);
  std::fputc('\n', file);
}

int Complain(const Io& io, std::string_view sentence) {
  Print(io.err, "recado: ");
  PrintLine(io.err, sentence);
  return kWrongUsage;
}

bool ForEachLine(const Io& io, const std::function<void(const Line&)>& line) {
  std::vector<char> chunk(kChunk);
  std::string held;       // the beginning of a line whose end has not come yet
  bool skipping = false;  // inside a line that is too long and has been reported
  for (;;) {
    const ssize_t got = ReadSome(io, chunk.data(), chunk.size());
    if (got < 0) return false;
    if (got == 0) break;
    std::string_view rest(chunk.data(), static_cast<size_t>(got));
    for (size_t end = rest.find('\n'); end != std::string_view::npos; end = rest.find('\n')) {
      const std::string_view piece = rest.substr(0, end);
      rest.remove_prefix(end + 1);
      if (skipping) {
        skipping = false;
      } else if (held.empty()) {
        line({piece});
      } else {
        held.append(piece);
        line({held});
      }
      held.clear();
    }
    if (skipping) continue;
    held.append(rest);
    if (held.size() > kMaxLineBytes) {
      line({{}, true});
      held.clear();
      skipping = true;
    }
  }
  if (!held.empty()) line({held});
  return true;
}

bool ReadAll(const Io& io, std::string& text) {
  std::vector<char> chunk(kChunk);
  text.clear();
  for (;;) {
    const ssize_t got = ReadSome(io, chunk.data(), chunk.size());
    if (got < 0) return false;
    if (got == 0) return true;
    text.append(chunk.data(), static_cast<size_t>(got));
    if (text.size() > kMaxLineBytes) return false;
  }
}

}  // namespace recado::cli
