#include "native/net/smtp_transfer.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <curl/curl.h>
#include <sys/stat.h>
#include <utility>

#include "native/net/mail_report.h"
#include "native/net/mail_text.h"
#include "native/net/url_guard.h"

namespace recado::net {
namespace {

using Phase = SmtpResult::Phase;

constexpr size_t kMaxEnvelopeId = 64;  // RFC 3461 §4.4 allows 100 characters; ours have 64

struct SlistFree {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Slist = std::unique_ptr<curl_slist, SlistFree>;

bool Append(Slist& list, const std::string& line) {
  curl_slist* longer = curl_slist_append(list.get(), line.c_str());
  if (longer == nullptr) return false;
  (void)list.release();
  list.reset(longer);
  return true;
}

struct FileClose {
  void operator()(std::FILE* file) const { (void)std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, FileClose>;

// The content of one leaf of the MIME tree: a text in memory or a file on disk. libcurl reads it through
// ReadLeaf, which is how we know that the last leaf has been handed over whole.
struct Leaf {
  std::string text;
  File file;
  size_t size = 0;
  size_t at = 0;
  bool* all_read = nullptr;  // set by the last leaf
};

size_t ReadLeaf(char* out, size_t size, size_t count, void* leaf_pointer) {
  auto* leaf = static_cast<Leaf*>(leaf_pointer);
  const size_t want = std::min(size * count, leaf->size - leaf->at);
  if (leaf->file) {
    // A file that has become shorter must not go out as half a contract.
    if (std::fread(out, 1, want, leaf->file.get()) != want) return CURL_READFUNC_ABORT;
  } else {
    std::memcpy(out, leaf->text.data() + leaf->at, want);
  }
  leaf->at += want;
  if (leaf->at == leaf->size && leaf->all_read != nullptr) *leaf->all_read = true;
  return want;
}

// "250-DSN" among the answers to EHLO; keywords may come in any case (RFC 5321 §4.1.1.1).
bool OffersReports(std::string_view line) {
  constexpr std::string_view kKeyword = "dsn";
  const std::string keyword = line.size() > 4 ? OneLine(line.substr(4)) : std::string();
  return std::equal(keyword.begin(), keyword.end(), kKeyword.begin(), kKeyword.end(),
                    [](char heard, char word) { return (heard | 0x20) == word; });
}

class SmtpTransfer : public Transfer {
 public:
  SmtpTransfer(std::shared_ptr<const SmtpServer> server, Mail mail, SmtpPeer& peer, SmtpClient::Done done)
      : server_(std::move(server)), mail_(std::move(mail)), peer_(peer), done_(std::move(done)) {
    allow_private = server_->allow_private;
  }
  ~SmtpTransfer() override { curl_mime_free(mime_); }

  bool Prepare(CURL* easy) override {
    if (!Judge() || !BuildMail(easy)) return false;
    SetConnection(easy);
    SetSender(easy);
    curl_easy_setopt(easy, CURLOPT_MAIL_RCPT, recipients_.get());
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers_.get());
    curl_easy_setopt(easy, CURLOPT_UPLOAD, 1L);  // with it libcurl never repeats a mail by itself
    curl_easy_setopt(easy, CURLOPT_MIMEPOST, mime_);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, &OnReply);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, this);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, &Ignore);
    // Unless the mail is taken, nobody may use this connection again: after a time-out libcurl (7.88) keeps
    // it, and the late reply to this mail would be read as the answer to the next one.
    curl_easy_setopt(easy, CURLOPT_FORBID_REUSE, 1L);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, &OnProgress);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, this);
    deadline_ = Transfers::Clock::now() + server_->timeout;
    easy_ = easy;
    return true;
  }

  void Finish(const Ending& ending) override {
    result_.failure = ending.failure;
    result_.error = ending.error;
    if (!ending.prepared) {
      result_.failure = refusal_;
      result_.error = refusal_text_;
    } else if (ending.failure == Failure::kNone) {
      result_.phase = Phase::kDone;
    } else if (data_open_) {
      result_.phase = all_read_ ? Phase::kEnd : Phase::kBody;
    } else if (reached) {
      result_.phase = Phase::kEnvelope;
    }
    done_(std::move(result_));
  }

 private:
  bool Refuse(Failure failure, std::string text) {
    refusal_ = failure;
    refusal_text_ = std::move(text);
    return false;
  }

  bool Judge() {
    UrlParts parts;
    if (!SplitUrl(server_->url, parts) || (parts.scheme != "smtp" && parts.scheme != "smtps")) {
      return Refuse(Failure::kBadRequest, "The mail server's address is malformed.");
    }
    if (!IsMailAddress(mail_.from)) {
      return Refuse(Failure::kBadRequest, "The sender's address is malformed: " + OneLine(mail_.from));
    }
    if (!mail_.bounces_to.empty() && !IsMailAddress(mail_.bounces_to)) {
      return Refuse(Failure::kBadRequest,
                    "The address for bounces is malformed: " + OneLine(mail_.bounces_to));
    }
    if (!IsMailAddress(mail_.to)) {
      return Refuse(Failure::kBadRequest, "The recipient's address is malformed: " + OneLine(mail_.to));
    }
    if (!mail_.text && !mail_.html) return Refuse(Failure::kBadRequest, "The mail has no text.");
    return true;
  }

  // The envelope's sender. Where the server makes reports (RFC 3461), they are to name our key and to return
  // the headers alone. libcurl up to 8.15 has no place for such parameters: it writes what it is given
  // between < and >, so the last one ends with the bracket, which xtext allows; later versions write them
  // as they are.
  void SetSender(CURL* easy) const {
    std::string sender = mail_.bounces_to.empty() ? mail_.from : mail_.bounces_to;
    if (peer_.offers_reports && !mail_.key.empty() && mail_.key.size() <= kMaxEnvelopeId) {
      sender = "<" + sender + "> RET=HDRS ENVID=" + EncodeXtext(mail_.key);
    }
    curl_easy_setopt(easy, CURLOPT_MAIL_FROM, sender.c_str());
  }

  void SetConnection(CURL* easy) const {
    curl_easy_setopt(easy, CURLOPT_URL, server_->url.c_str());
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    const auto tls = server_->tls == SmtpServer::Tls::kRequired  ? CURLUSESSL_ALL
                     : server_->tls == SmtpServer::Tls::kOffered ? CURLUSESSL_TRY
                                                                 : CURLUSESSL_NONE;
    curl_easy_setopt(easy, CURLOPT_USE_SSL, static_cast<long>(tls));
    if (!server_->ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, server_->ca_file.c_str());
    if (!server_->user.empty()) {
      curl_easy_setopt(easy, CURLOPT_USERNAME, server_->user.c_str());
      curl_easy_setopt(easy, CURLOPT_PASSWORD, server_->password.c_str());
    }
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(server_->connect_timeout.count()));
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(server_->timeout.count()));
    curl_easy_setopt(easy, CURLOPT_SERVER_RESPONSE_TIMEOUT, kSmtpReplySeconds);
  }

  bool BuildMail(CURL* easy) {
    result_.message_id = MessageId(mail_.key, mail_.from);
    const bool alternative = mail_.attachments.empty() && mail_.text && mail_.html;
    bool built = Append(recipients_, mail_.to) && Append(headers_, "Date: " + MailDate(mail_.date)) &&
                 Append(headers_, AddressHeader("From", mail_.from_name, mail_.from)) &&
                 Append(headers_, AddressHeader("To", mail_.to_name, mail_.to)) &&
                 Append(headers_, TextHeader("Subject", mail_.subject)) &&
                 Append(headers_, "Message-ID: " + result_.message_id) &&
                 Append(headers_, "MIME-Version: 1.0");
    if (built && !mail_.unsubscribe_url.empty()) {
      built = Append(headers_, UrlHeader("List-Unsubscribe", mail_.unsubscribe_url)) &&
              Append(headers_, "List-Unsubscribe-Post: List-Unsubscribe=One-Click");
    }
    // libcurl makes the outermost part multipart/mixed unless a header says otherwise.
    if (alternative) built = built && Append(headers_, "Content-Type: multipart/alternative");
    mime_ = curl_mime_init(easy);
    leaves_.reserve(2 + mail_.attachments.size());
    built = built && mime_ != nullptr && AddTexts(easy, alternative);
    for (const MailAttachment& attachment : mail_.attachments) {
      if (built && !AddFile(attachment)) return false;  // refused, with its reason
    }
    if (!built) return Refuse(Failure::kOther, "Not enough memory for the mail.");
    leaves_.back()->all_read = &all_read_;
    all_read_ = leaves_.back()->size == 0;  // of an empty leaf nothing is asked for
    return true;
  }

  // Both texts form an alternative of their own, unless the whole mail is one.
  bool AddTexts(CURL* easy, bool top_is_alternative) {
    curl_mime* parent = mime_;
    if (mail_.text && mail_.html && !top_is_alternative) {
      curl_mimepart* branch = curl_mime_addpart(mime_);
      parent = curl_mime_init(easy);
      if (curl_mime_subparts(branch, parent) != CURLE_OK) {
        curl_mime_free(parent);
        return false;
      }
      if (curl_mime_type(branch, "multipart/alternative") != CURLE_OK) return false;
    }
    // Ascending order of preference (RFC 2046 §5.1.4): the plain text first.
    if (mail_.text && !AddText(parent, "text/plain; charset=UTF-8", *mail_.text)) return false;
    return !mail_.html || AddText(parent, "text/html; charset=UTF-8", *mail_.html);
  }

  bool AddText(curl_mime* parent, const char* type, std::string_view text) {
    auto leaf = std::make_unique<Leaf>();
    leaf->text = WithCrlf(text);
    leaf->size = leaf->text.size();
    return AddLeaf(parent, std::move(leaf), type, "quoted-printable", nullptr);
  }

  bool AddFile(const MailAttachment& attachment) {
    auto leaf = std::make_unique<Leaf>();
    leaf->file.reset(std::fopen(attachment.path.c_str(), "rbe"));
    struct stat facts {};
    if (!leaf->file || fstat(fileno(leaf->file.get()), &facts) != 0 || !S_ISREG(facts.st_mode)) {
      return Refuse(Failure::kFile, "The attachment " + OneLine(attachment.name) + " can't be read.");
    }
    leaf->size = static_cast<size_t>(facts.st_size);
    attached_bytes_ += leaf->size;
    if (attached_bytes_ > kMaxMailBytes) {
      return Refuse(Failure::kTooLarge, "The attachments are larger than 25 MB together.");
    }
    Slist headers;
    const bool named = Append(headers, DispositionHeader(attachment.name));
    const std::string type(ContentTypeOf(attachment.name));
    if (named && AddLeaf(mime_, std::move(leaf), type.c_str(), "base64", headers.release())) return true;
    return Refuse(Failure::kOther, "Not enough memory for the mail.");
  }

  // Takes over `headers`.
  bool AddLeaf(curl_mime* parent, std::unique_ptr<Leaf> leaf, const char* type, const char* encoder,
               curl_slist* headers) {
    curl_mimepart* part = curl_mime_addpart(parent);
    if (part == nullptr) return false;
    if (headers != nullptr) curl_mime_headers(part, headers, 1);
    const auto size = static_cast<curl_off_t>(leaf->size);
    const bool set = curl_mime_data_cb(part, size, &ReadLeaf, nullptr, nullptr, leaf.get()) == CURLE_OK &&
                     curl_mime_type(part, type) == CURLE_OK && curl_mime_encoder(part, encoder) == CURLE_OK;
    leaves_.push_back(std::move(leaf));
    return set;
  }

  // Every line of the server's replies passes here.
  static size_t OnReply(char* bytes, size_t size, size_t count, void* self_pointer) {
    auto* self = static_cast<SmtpTransfer*>(self_pointer);
    const std::string_view line(bytes, size * count);
    const bool coded = line.size() >= 3 && std::all_of(line.begin(), line.begin() + 3,
                                                       [](char c) { return c >= '0' && c <= '9'; });
    if (coded) self->Hear((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'), line);
    return size * count;
  }

  // Keeps the reply that decides. A refusal stands until something else has gone well: what follows it is
  // libcurl trying another login (334) or taking its leave (221).
  void Hear(int code, std::string_view line) {
    constexpr int kReady = 220, kBye = 221, kTaken = 250, kLoginGoesOn = 334, kSendTheMail = 354;
    if (code == kReady) HearOffer(false);  // a new connection, or encryption begins: EHLO follows
    if (!data_open_ && code == kTaken && OffersReports(line)) HearOffer(true);
    if (code == kSendTheMail) data_open_ = true;
    if (result_.reply >= 400 && (code == kBye || code == kLoginGoesOn)) return;
    if (code == kBye) return;
    if (data_open_ && code == kTaken) curl_easy_setopt(easy_, CURLOPT_FORBID_REUSE, 0L);
    result_.reply = code;
    result_.reply_text = OneLine(line.substr(0, kMaxReplyText));
  }

  // libcurl asks for the sender when EHLO is over.
  void HearOffer(bool reports) {
    if (peer_.offers_reports == reports) return;
    peer_.offers_reports = reports;
    SetSender(easy_);
  }

  // libcurl's own time-out does not hold while it waits for the answer to QUIT, which it sends to a server
  // that has just timed out too; there it asks here once a second.
  static int OnProgress(void* self_pointer, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    constexpr auto kLeaveItToLibcurl = std::chrono::milliseconds(100);  // which words the fault better
    return Transfers::Clock::now() > static_cast<SmtpTransfer*>(self_pointer)->deadline_ + kLeaveItToLibcurl;
  }

  static size_t Ignore(char*, size_t size, size_t count, void*) { return size * count; }

  std::shared_ptr<const SmtpServer> server_;
  Mail mail_;
  SmtpPeer& peer_;
  SmtpClient::Done done_;
  SmtpResult result_;
  Slist headers_;
  Slist recipients_;
  Transfers::Clock::time_point deadline_;
  CURL* easy_ = nullptr;  // the engine's, between Prepare and Finish
  curl_mime* mime_ = nullptr;
  std::vector<std::unique_ptr<Leaf>> leaves_;  // libcurl holds pointers to them
  size_t attached_bytes_ = 0;
  bool data_open_ = false;
  bool all_read_ = false;
  Failure refusal_ = Failure::kOther;
  std::string refusal_text_;
};

}  // namespace

std::unique_ptr<Transfer> MakeSmtpTransfer(std::shared_ptr<const SmtpServer> server, Mail mail,
                                           SmtpPeer& peer, SmtpClient::Done done) {
  return std::make_unique<SmtpTransfer>(std::move(server), std::move(mail), peer, std::move(done));
}

}  // namespace recado::net
