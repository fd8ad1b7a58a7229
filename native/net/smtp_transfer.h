// One mail as a Transfer: what smtp.h hands to an engine. Internal to net/.
#pragma once

#include <memory>

#include "native/net/smtp.h"
#include "native/net/transfers.h"

namespace recado::net {

std::unique_ptr<Transfer> MakeSmtpTransfer(std::shared_ptr<const SmtpServer> server, Mail mail,
                                           SmtpClient::Done done);

}  // namespace recado::net
