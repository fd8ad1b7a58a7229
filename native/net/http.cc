#include "native/net/http.h"

#include <algorithm>
#include <curl/curl.h>
#include <memory>

#include "native/net/mail_text.h"
#include "native/net/url_guard.h"

namespace recado::net {
namespace {

// Larger bodies go piece by piece, as libcurl asks for them. Smaller ones go with the head in one write: that
// saves a call of the system here and another at the other end. With the head still one TLS record (16 kB).
constexpr size_t kOnePieceBytes = 8 * 1024;

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// A header that could begin another one is refused, not cleaned: it would be a fault of ours.
bool IsHeaderSafe(std::string_view text) {
  return std::none_of(text.begin(), text.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

std::string_view Trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && std::string_view(" \t\r\n").find(text.back()) != std::string_view::npos) {
    text.remove_suffix(1);
  }
  return text;
}

std::string LowerCase(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return out;
}

// What a URL says of its lane. A service asks the same few addresses again and again; taking one apart costs
// a dozen allocations, so each thread remembers the last.
struct Address {
  std::string url;
  std::string lane;
  bool valid = false;
};

const Address& AddressOf(const std::string& url) {
  thread_local Address last;
  if (last.url == url && !url.empty()) return last;
  UrlParts parts;
  last.valid =
      SplitUrl(url, parts) && (parts.scheme == "https" || parts.scheme == "http") && !parts.has_user_info;
  last.lane = parts.scheme + "://" + parts.host + ":" + std::to_string(parts.port);
  last.url = url;
  return last;
}

class HttpTransfer : public Transfer {
 public:
  HttpTransfer(HttpRequest request, HttpClient::Done done)
      : request_(std::move(request)), done_(std::move(done)) {
    allow_private = request_.allow_private;
    const Address& address = AddressOf(request_.url);
    valid_ = address.valid && IsHeaderSafe(request_.method);
    lane = address.lane;
    repeatable = request_.method == "GET";
  }

  ~HttpTransfer() override { curl_mime_free(mime_); }

  bool Prepare(CURL* easy) override {
    if (!valid_ || !BuildHeaders() || !BuildParts(easy)) return false;
    curl_easy_setopt(easy, CURLOPT_URL, request_.url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(request_.connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
    // Rather a stream of the first connection than a second one. Not without TLS, where nothing can be
    // multiplexed: there libcurl would wait for a first answer to find that out, and for ever where the
    // connection died before it.
    const bool tls = lane.starts_with("https:");
    curl_easy_setopt(easy, CURLOPT_HTTP_VERSION,
                     static_cast<long>(tls ? CURL_HTTP_VERSION_2TLS : CURL_HTTP_VERSION_1_1));
    curl_easy_setopt(easy, CURLOPT_PIPEWAIT, tls ? 1L : 0L);
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &OnBody);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &OnHeader);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    if (!request_.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, request_.ca_file.c_str());
    if (!request_.user.empty()) {
      curl_easy_setopt(easy, CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
      curl_easy_setopt(easy, CURLOPT_USERNAME, request_.user.c_str());
      curl_easy_setopt(easy, CURLOPT_PASSWORD, request_.password.c_str());
    }
    SetMethod(easy);
    return true;
  }

  void Finish(const Ending& ending) override {
    result_.failure = too_large_ ? Failure::kTooLarge : ending.failure;
    result_.error = too_large_ ? "The answer is too large." : ending.error;
    if (!ending.prepared) {
      result_.failure = Failure::kBadRequest;
      result_.error = "The address or a header of the request is malformed.";
    } else if (ending.easy != nullptr) {
      long status = 0;
      curl_easy_getinfo(ending.easy, CURLINFO_RESPONSE_CODE, &status);
      result_.status = static_cast<int>(status);
    }
    // An answer is proof of a request, whatever was counted.
    result_.written = result_.status != 0 || (InPieces() ? body_asked_ : ending.any_byte_left);
    done_(std::move(result_));
  }

 private:
  bool HasBody() const { return !request_.body.empty() && request_.parts.empty(); }
  bool InPieces() const { return HasBody() && request_.body.size() > kOnePieceBytes; }

  // False where a file can't be read.
  bool BuildParts(CURL* easy) {
    if (request_.parts.empty()) return true;
    mime_ = curl_mime_init(easy);
    if (mime_ == nullptr) return false;
    for (const FormPart& part : request_.parts) {
      curl_mimepart* field = curl_mime_addpart(mime_);
      bool set = field != nullptr && curl_mime_name(field, part.name.c_str()) == CURLE_OK;
      if (part.path.empty()) {
        set = set && curl_mime_data(field, part.value.data(), part.value.size()) == CURLE_OK;
      } else {
        const std::string type(ContentTypeOf(part.file_name));
        set = set && curl_mime_filedata(field, part.path.c_str()) == CURLE_OK &&
              curl_mime_filename(field, OneLine(part.file_name).c_str()) == CURLE_OK &&
              curl_mime_type(field, type.c_str()) == CURLE_OK;
      }
      if (!set) return false;
    }
    return true;
  }

  void SetMethod(CURL* easy) {
    if (mime_ != nullptr) {
      curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime_);
      return;
    }
    if (!HasBody()) {
      curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
      if (request_.method != "GET") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
      if (request_.method == "POST") {
        curl_easy_setopt(easy, CURLOPT_POST, 1L);
        curl_easy_setopt(easy, CURLOPT_POSTFIELDS, "");
      }
      return;
    }
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    if (InPieces()) {
      curl_easy_setopt(easy, CURLOPT_READFUNCTION, &OnRead);
      curl_easy_setopt(easy, CURLOPT_READDATA, this);
    } else {
      curl_easy_setopt(easy, CURLOPT_POSTFIELDS,
                       request_.body.data());  // not copied: it lives as long as this
    }
    if (request_.method != "POST") curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, request_.method.c_str());
  }

  bool BuildHeaders() {
    const auto append = [this](const std::string& line) {
      curl_slist* longer = curl_slist_append(headers_.get(), line.c_str());
      if (longer == nullptr) return false;
      (void)headers_.release();
      headers_.reset(longer);
      return true;
    };
    for (const auto& [name, value] : request_.headers) {
      if (!IsHeaderSafe(name) || !IsHeaderSafe(value) || name.find(':') != std::string::npos) return false;
      std::string line = name;
      line += value.empty() ? ";" : ": ";
      line += value;
      if (!append(line)) return false;
    }
    return append("Expect:");  // no 100-continue: it would cost a second with servers that don't know it
  }

  // The moment of truth: from here on the vendor may have the request.
  static size_t OnRead(char* out, size_t size, size_t count, void* self_pointer) {
    auto* self = static_cast<HttpTransfer*>(self_pointer);
    self->body_asked_ = true;
    const size_t length = std::min(size * count, self->request_.body.size() - self->body_at_);
    std::copy_n(self->request_.body.data() + self->body_at_, length, out);
    self->body_at_ += length;
    return length;
  }

  static size_t OnBody(char* bytes, size_t size, size_t count, void* self_pointer) {
    auto* self = static_cast<HttpTransfer*>(self_pointer);
    const size_t length = size * count;
    if (self->result_.body.size() + length > self->request_.max_response_bytes) {
      self->too_large_ = true;
      return 0;  // ends the transfer
    }
    self->result_.body.append(bytes, length);
    return length;
  }

  static size_t OnHeader(char* bytes, size_t size, size_t count, void* self_pointer) {
    auto* self = static_cast<HttpTransfer*>(self_pointer);
    const std::string_view line(bytes, size * count);
    const size_t colon = line.find(':');
    if (line.starts_with("HTTP/")) {
      self->result_.headers.clear();  // a 100 came before
    } else if (colon != std::string_view::npos && self->result_.headers.size() < kMaxResponseHeaders) {
      self->result_.headers.emplace_back(LowerCase(Trimmed(line.substr(0, colon))),
                                         Trimmed(line.substr(colon + 1)));
    }
    return size * count;
  }

  HttpRequest request_;
  HttpClient::Done done_;
  HttpResult result_;
  std::unique_ptr<curl_slist, SlistFree> headers_;
  curl_mime* mime_ = nullptr;
  size_t body_at_ = 0;
  bool valid_ = false;
  bool body_asked_ = false;
  bool too_large_ = false;
};

}  // namespace

std::string HttpRequest::Dump() const {
  std::string out = method + " " + url;
  for (const auto& [name, value] : headers) out.append(" ").append(name).append(": ").append(value);
  out.append(" | ").append(body);
  for (const FormPart& part : parts) {
    out.append(" ").append(part.name).append(part.path.empty() ? "=" : "@");
    out.append(part.path.empty() ? part.value : part.file_name);
  }
  return out;
}

std::string_view HttpResult::Header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

Transfers::Id HttpClient::Send(HttpRequest request, Done done) {
  return engine_.Start(std::make_unique<HttpTransfer>(std::move(request), std::move(done)));
}

}  // namespace recado::net
