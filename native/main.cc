#include "native/cli/cli.h"

int main(int argc, char** argv) {
  return recado::cli::Run(argc, argv, recado::cli::StandardIo());
}
