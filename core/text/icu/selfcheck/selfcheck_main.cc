// The self-check as a native program: `selfcheck PACKAGE.dat...` loads the packages and prints the
// report; without packages it runs on the data of the system's ICU.

#include <cstdio>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <vector>

#include "core/text/icu/selfcheck/selfcheck.h"

namespace {

// Memory aligned as ICU wants it, living until the program ends.
struct alignas(16) Block {
  unsigned char bytes[16];
};

bool Load(const char* path, std::vector<std::unique_ptr<Block[]>>& storage) {
  std::ifstream file(path, std::ios::binary);
  const std::string content{std::istreambuf_iterator<char>(file), {}};
  if (content.empty()) return false;
  auto blocks = std::make_unique<Block[]>(content.size() / sizeof(Block) + 1);
  content.copy(reinterpret_cast<char*>(blocks.get()), content.size());
  storage.push_back(std::move(blocks));
  return recado::text::SelfcheckLoad(storage.back().get());
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::unique_ptr<Block[]>> storage;
  for (int i = 1; i < argc; ++i) {
    if (!Load(argv[i], storage)) {
      std::fprintf(stderr, "selfcheck: ICU did not take the data package %s.\n", argv[i]);
      return 1;
    }
  }
  const std::string report = recado::text::SelfcheckRun();
  std::fwrite(report.data(), 1, report.size(), stdout);
  return 0;
}
