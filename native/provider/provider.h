// Provider: one vendor's dialect. A request out of a message, an outcome out of an answer.
//
// A provider translates and nothing else: it holds no connection, no clock and no state, so every vendor is
// tested by comparing values. The talking is done by net/ (HTTP and SMTP over one libcurl multi), the
// deciding by core/, the remembering by store/ and the trying again by dispatch/.
//
// Threads: immutable after construction; used from the sender's thread and from the server's.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/decimal.h"
#include "core/base/instant.h"
#include "core/base/json.h"
#include "core/plan/plan.h"

namespace recado::provider {

// A configured provider as stored (formats §7). Secrets are here in the clear, in memory only.
struct Config {
  std::string id;
  std::string kind;
  Json settings = Json::object();
  std::map<std::string, std::string> secrets;
};

// What a refusal says of the receiver's address itself: then nothing should be sent there again.
enum class AddressFault : uint8_t {
  kNone,
  kDead,        // it does not exist, and will not (a hard bounce)
  kOptedOut,    // its owner does not want messages from us
  kComplained,  // its owner has called a message of ours spam
};

// What became of one attempt.
struct Outcome {
  enum class Kind : uint8_t {
    kAccepted,     // the vendor has it
    kRetry,        // certainly not taken, may be tried again (503, connection refused before the request was
                   // written …)
    kRateLimited,  // as kRetry, not before `retry_after`
    kPermanent,    // refused for good; trying again would be refused too
    kUnknown,      // the request may have arrived: the delivery becomes ambiguous
  } kind = Kind::kUnknown;
  std::string reference;  // the vendor's id for the message, "" where there is none
  std::string text;       // for people: what the vendor said, with its own error code; never a secret
  std::optional<std::chrono::milliseconds> retry_after;
  int status = 0;                            // HTTP status or SMTP reply code; 0: none
  AddressFault fault = AddressFault::kNone;  // only with kPermanent
  // What the vendor says the whole message costs. Without a currency: in that of the account.
  std::optional<Money> price{};
  std::string Dump() const;  // "rate_limited 429 after=2000ms ref=SM1 | Twilio 20429: …"
};

// How an ambiguous delivery of this vendor can be cleared up (architecture, rule 3).
enum class Resolution : uint8_t {
  kKeyed,     // sending again with the same key is harmless: the vendor drops the double
  kFindable,  // the vendor can be asked whether it has the message
  kEchoing,   // the vendor's callback carries our key
  kBlind,     // nobody can know; the rule's policy decides
};

// One message on its way: what the core composed, and the facts a vendor may want beside it.
struct Outgoing {
  std::string key;  // the intent's key
  int attempt = 1;
  plan::Message message;
  // Where attachments' bytes are: file name in the store → path on disk.
  std::map<std::string, std::string> files;
  // Where the vendor may fetch them: file name in the store → address. Empty where nobody can reach us.
  std::map<std::string, std::string> file_links{};
  // "https://recado.example/u/…": where the receiver says that enough is enough; "" where that is not
  // offered.
  std::string unsubscribe_url{};
  bool marketing = false;  // by a rule that is not transactional
  // When this attempt is made: the Date of a mail, and for Find the moment of the attempt that is in doubt.
  // Zero (unknown): the sender's clock, and for Find the day before it.
  Instant at;
};

}  // namespace recado::provider
