// Streams for tests: what a command reads comes from a text, what it prints is caught.
#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>
#include <unistd.h>

#include "native/cli/io.h"

namespace recado::cli {

class Streams {
 public:
  explicit Streams(const std::string& input = "") {
    char name[] = "/tmp/recado-test-XXXXXX";
    in_ = ::mkstemp(name);
    ::unlink(name);
    if (::write(in_, input.data(), input.size()) < 0) std::abort();
    ::lseek(in_, 0, SEEK_SET);
    out_ = ::open_memstream(&out_text_, &out_size_);
    err_ = ::open_memstream(&err_text_, &err_size_);
  }
  ~Streams() {
    ::close(in_);
    std::fclose(out_);
    std::fclose(err_);
    std::free(out_text_);
    std::free(err_text_);
  }
  Streams(const Streams&) = delete;
  Streams& operator=(const Streams&) = delete;

  Io io() const { return {in_, out_, err_, false}; }
  std::string out() {
    std::fflush(out_);
    return {out_text_, out_size_};
  }
  std::string err() {
    std::fflush(err_);
    return {err_text_, err_size_};
  }

 private:
  int in_ = -1;
  std::FILE* out_ = nullptr;
  std::FILE* err_ = nullptr;
  char* out_text_ = nullptr;
  char* err_text_ = nullptr;
  size_t out_size_ = 0;
  size_t err_size_ = 0;
};

}  // namespace recado::cli
