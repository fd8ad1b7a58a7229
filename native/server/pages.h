// Pages: the browser page (web/dist) and the core's npm package (wasm/dist, under /core/), as files.
//
// Only what lies inside the two folders can be asked for; names that are not plain are never looked up. A
// file with a .br or .gz beside it goes out in that form to who takes it. Files whose name carries a hash of
// their content may be kept for ever, all others are asked for again and answered 304 by their ETag. A path
// without a file and without a dot in its last part is one of the page's own addresses and gets index.html.
//
// Threads: any. Files are read when asked for and kept until they change on disk.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "native/server/http.h"

namespace recado::server {

// By the ending: "application/wasm"; "application/octet-stream" where it is not known.
std::string MediaTypeOf(std::string_view file_name);
// Nothing where it cannot be read.
std::optional<std::string> ReadWholeFile(const std::filesystem::path& path);
// "gzip, br;q=0.5" takes "br"; "br;q=0" doesn't.
bool TakesEncoding(std::string_view accept_encoding, std::string_view encoding);
// "assets/index-BsX19a-f.js": the part before the ending ends in "-" and eight characters of a hash.
bool HasHashedName(std::string_view path);

inline constexpr size_t kMaxCachedBytes =
    64 * 1024 * 1024;  // of files; the page with the core and its data is some 6 MB

class Pages {
 public:
  // Either folder may be missing: then there is a page that says so.
  Pages(const std::filesystem::path& page, const std::filesystem::path& core);

  // For GET and HEAD of whatever no route of the API takes.
  Response Serve(const Request& request);

 private:
  struct File {
    std::shared_ptr<const std::string> bytes;
    std::string etag;
    std::filesystem::file_time_type changed;
    uintmax_t size = 0;
  };

  std::optional<File> Load(const std::filesystem::path& root, const std::string& relative);
  std::optional<Response> Find(const Request& request, const std::filesystem::path& root,
                               const std::string& relative);

  std::filesystem::path page_;
  std::filesystem::path core_;
  std::mutex mutex_;
  std::map<std::string, File> cache_;
  size_t cached_bytes_ = 0;
};

}  // namespace recado::server
