// The command line: `recado COMMAND …` to an exit code. Reads arguments, calls one function of commands.h or
// the service.
#pragma once

#include "native/cli/io.h"

namespace recado::cli {

// Exit codes of formats §6. Throws nothing.
int Run(int argc, const char* const* argv, const Io& io);

}  // namespace recado::cli
