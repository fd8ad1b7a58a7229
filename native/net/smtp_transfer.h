// One mail as a Transfer: what smtp.h hands to an engine. Internal to net/.
#pragma once

#include <memory>

#include "native/net/smtp.h"
#include "native/net/transfers.h"

namespace recado::net {

// What the server at the other end of an engine's connection has said of itself. The engine's own: it has one
// connection at a time, and later mails over it get no second greeting.
struct SmtpPeer {
  bool offers_reports = false;  // DSN (RFC 3461)
};

// `peer` outlives the transfer.
std::unique_ptr<Transfer> MakeSmtpTransfer(std::shared_ptr<const SmtpServer> server, Mail mail,
                                           SmtpPeer& peer, SmtpClient::Done done);

}  // namespace recado::net
