#include "native/server/pages.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/base/sha256.h"

namespace recado::server {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kNotBuilt =
    "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>Recado</title><h1>Recado is running</h1>"
    "<p>The page has not been built. Run <code>./run.sh --build-only</code>, or name its folder with "
    "<code>--page</code>. The API is there: <a href=\"/openapi.json\">/openapi.json</a>.</p></html>";

struct Ending {
  std::string_view ending;
  std::string_view type;
};
constexpr std::array kEndings = {
    Ending{".html", "text/html; charset=utf-8"},
    Ending{".js", "text/javascript; charset=utf-8"},
    Ending{".mjs", "text/javascript; charset=utf-8"},
    Ending{".css", "text/css; charset=utf-8"},
    Ending{".json", "application/json"},
    Ending{".map", "application/json"},
    Ending{".webmanifest", "application/manifest+json"},
    Ending{".wasm", "application/wasm"},
    Ending{".dat", "application/octet-stream"},
    Ending{".svg", "image/svg+xml"},
    Ending{".png", "image/png"},
    Ending{".jpg", "image/jpeg"},
    Ending{".jpeg", "image/jpeg"},
    Ending{".webp", "image/webp"},
    Ending{".ico", "image/x-icon"},
    Ending{".woff2", "font/woff2"},
    Ending{".txt", "text/plain; charset=utf-8"},
    Ending{".md", "text/plain; charset=utf-8"},
    Ending{".ts", "text/plain; charset=utf-8"},
    Ending{".pdf", "application/pdf"},
};

struct Encoding {
  std::string_view name;
  std::string_view ending;
};
constexpr std::array kEncodings = {Encoding{"br", ".br"}, Encoding{"gzip", ".gz"}};

// Names as builds make them: no hidden files, no steps upwards, nothing that another system reads as a
// separator.
bool IsPlainPath(std::string_view path) {
  if (path.empty() || path.find('\\') != std::string_view::npos || path.find(':') != std::string_view::npos) {
    return false;
  }
  while (!path.empty()) {
    const size_t end = std::min(path.find('/'), path.size());
    const std::string_view part = path.substr(0, end);
    if (part.empty() || part.front() == '.') return false;
    path.remove_prefix(std::min(end + 1, path.size()));
  }
  return true;
}

bool IsInside(const fs::path& file, const fs::path& root) {
  const auto [rest, unused] = std::mismatch(root.begin(), root.end(), file.begin(), file.end());
  return rest == root.end();
}

Response NotFound(const std::string& path) {
  return Problem(Diagnostic::Of(DiagnosticCode::no_such_page).With("name", path));
}

Response NotBuilt() {
  Response response;
  response.headers = {{"Content-Type", "text/html; charset=utf-8"}, {"Cache-Control", "no-store"}};
  response.body = kNotBuilt;
  return response;
}

}  // namespace

std::string MediaTypeOf(std::string_view file_name) {
  for (const Ending& row : kEndings) {
    if (file_name.ends_with(row.ending)) return std::string(row.type);
  }
  return "application/octet-stream";
}

std::optional<std::string> ReadWholeFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  if (file.bad()) return std::nullopt;
  return std::move(text).str();
}

bool TakesEncoding(std::string_view accept_encoding, std::string_view encoding) {
  while (!accept_encoding.empty()) {
    const size_t end = std::min(accept_encoding.find(','), accept_encoding.size());
    std::string_view item = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(std::min(end + 1, accept_encoding.size()));
    while (!item.empty() && item.front() == ' ') item.remove_prefix(1);
    const size_t semicolon = std::min(item.find(';'), item.size());
    std::string_view name = item.substr(0, semicolon);
    while (!name.empty() && name.back() == ' ') name.remove_suffix(1);
    if (name != encoding) continue;
    const std::string_view rest = item.substr(semicolon);
    const size_t q = rest.find("q=");
    // A weight of nought in any of its spellings: 0, 0., 0.0, 0.00, 0.000.
    return q == std::string_view::npos ||
           rest.substr(q + 2).find_first_not_of("0. ") != std::string_view::npos;
  }
  return false;
}

bool HasHashedName(std::string_view path) {
  constexpr size_t kHash = 8;  // Vite's
  const size_t slash = path.rfind('/');
  const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
  const size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot < kHash + 2 || name[dot - kHash - 1] != '-') return false;
  const std::string_view hash = name.substr(dot - kHash, kHash);
  const auto part_of_hash = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '-';
  };
  const bool letters_only =
      std::all_of(hash.begin(), hash.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  return std::all_of(hash.begin(), hash.end(), part_of_hash) && !letters_only;  // "my-carousel.js" is no hash
}

Pages::Pages(const fs::path& page, const fs::path& core) {
  std::error_code error;
  page_ = fs::weakly_canonical(page, error);
  core_ = fs::weakly_canonical(core, error);
}

std::optional<Pages::File> Pages::Load(const fs::path& root, const std::string& relative) {
  std::error_code error;
  const fs::path path = fs::canonical(root / relative, error);  // links are followed first, then judged
  if (error || !IsInside(path, root) || !fs::is_regular_file(path, error)) return std::nullopt;
  const auto changed = fs::last_write_time(path, error);
  const uintmax_t size = fs::file_size(path, error);
  if (error) return std::nullopt;
  {
    const std::lock_guard lock(mutex_);
    const auto known = cache_.find(path.string());
    if (known != cache_.end() && known->second.changed == changed && known->second.size == size)
      return known->second;
  }
  auto bytes = ReadWholeFile(path);
  if (!bytes) return std::nullopt;
  File file;
  file.etag = Sha256Hex(*bytes).substr(0, 20);
  file.changed = changed;
  file.size = size;
  file.bytes = std::make_shared<const std::string>(*std::move(bytes));
  const std::lock_guard lock(mutex_);
  if (cached_bytes_ + file.bytes->size() > kMaxCachedBytes) {
    cache_.clear();
    cached_bytes_ = 0;
  }
  cached_bytes_ += file.bytes->size();
  cache_[path.string()] = file;
  return file;
}

std::optional<Response> Pages::Find(const Request& request, const fs::path& root,
                                    const std::string& relative) {
  if (!IsPlainPath(relative)) return std::nullopt;
  std::optional<File> file = Load(root, relative);
  if (!file) return std::nullopt;
  Response response;
  response.headers = {{"Content-Type", MediaTypeOf(relative)}, {"Vary", "Accept-Encoding"}};
  std::string etag = file->etag;
  for (const Encoding& encoding : kEncodings) {
    if (!TakesEncoding(request.Header("Accept-Encoding"), encoding.name)) continue;
    auto packed = Load(root, relative + std::string(encoding.ending));
    // One that is older than the file itself was left over from another build.
    if (!packed || packed->changed < file->changed) continue;
    response.headers.emplace_back("Content-Encoding", std::string(encoding.name));
    etag += "-" + std::string(encoding.name);
    file = std::move(packed);
    break;
  }
  etag = "\"" + etag + "\"";
  response.headers.emplace_back("ETag", etag);
  response.headers.emplace_back("Cache-Control",
                                HasHashedName(relative) ? "public, max-age=31536000, immutable" : "no-cache");
  if (request.Header("If-None-Match").find(etag) != std::string_view::npos) {
    response.status = 304;
  } else {
    response.shared_body = file->bytes;
  }
  return response;
}

Response Pages::Serve(const Request& request) {
  constexpr std::string_view kCore = "/core/";
  if (request.path.starts_with(kCore)) {
    auto found = Find(request, core_, request.path.substr(kCore.size()));
    return found ? *std::move(found) : NotFound(request.path);
  }
  const std::string relative = request.path == "/" ? "index.html" : request.path.substr(1);
  if (auto found = Find(request, page_, relative)) return *std::move(found);
  const std::string_view last = std::string_view(request.path).substr(request.path.rfind('/'));
  const bool own_address = last.find('.') == std::string_view::npos && !request.path.starts_with("/api/") &&
                           !request.path.starts_with("/hooks/");
  if (!own_address) return NotFound(request.path);
  auto index = Find(request, page_, "index.html");
  return index ? *std::move(index) : NotBuilt();
}

}  // namespace recado::server
