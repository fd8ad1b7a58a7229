// Every bound and time-out of native/net in one place, each with its unit and its reason.
#pragma once

#include <chrono>
#include <cstddef>

namespace recado::net {

using namespace std::chrono_literals;

// --- Transfers (one libcurl multi handle and its thread)
inline constexpr size_t kMaxActivePerHost = 64;       // a vendor that hangs holds these and no others
inline constexpr size_t kMaxQueuedTransfers = 65536;  // beyond it a transfer is refused, certainly unwritten
inline constexpr long kMaxConnections = 512;  // sockets of one engine; the usual descriptor limit is 1024

// --- HTTP
inline constexpr auto kConnectTimeout = 10s;  // name look-up, TCP and TLS together
inline constexpr auto kHttpTimeout =
    30s;  // the whole exchange; vendors answer a send within 15 s or not at all
inline constexpr size_t kMaxResponseBytes = 1024 * 1024;  // a page of 50 messages of a vendor's list is 60 kB
inline constexpr size_t kMaxResponseHeaders = 128;        // lines kept

// --- SMTP
inline constexpr auto kSmtpTimeout = 120s;  // one mail with its attachments; the outbox tries again later
inline constexpr long kSmtpReplySeconds =
    60;  // one reply; RFC 5321 §4.5.3.2 allows servers minutes, few use them
inline constexpr size_t kMaxSmtpConnections =
    16;  // to one server; 20 is a common server-side bound for a client
inline constexpr size_t kMaxMailBytes = 25 * 1024 * 1024;  // attachments together; what large mail hosts take
inline constexpr size_t kMaxReplyText = 512;               // RFC 5321 §4.5.3.1.5: one reply line

// --- Mail text
inline constexpr size_t kMaxHeaderLine = 76;      // RFC 2047 §2: a line with an encoded word
inline constexpr size_t kMaxAddressBytes = 254;   // RFC 5321 §4.5.3.1.3: a path of 256 with its brackets
inline constexpr size_t kMaxFileNameBytes = 255;  // longer names are cut at a character

}  // namespace recado::net
