// The URL guard: which addresses the service may talk to (protection against server-side request forgery).
//
// A name is judged by what it resolves to, at the moment a socket is opened to it, so that a name which
// answers with a public address first and a private one later ("DNS rebinding") gets nothing; a connection
// that is already open is judged again before each request (transfers.cc does both). Only an administrator's
// own base_url may name a private address (formats §7); the request says so with `allow_private`.
//
// Pure functions over addresses and texts; no look-ups here. Sources: the IANA special-purpose registries for
// IPv4 and IPv6 (RFC 6890 and successors).
#pragma once

#include <string>
#include <string_view>

struct sockaddr;

namespace recado::net {

// Globally routable unicast only: not loopback, private, link-local, shared (100.64/10), documentation,
// benchmark, multicast, reserved; nor an IPv6 form that carries such an IPv4 address (mapped, compatible,
// NAT64, 6to4, Teredo).
bool IsPublicAddress(const sockaddr& address);

// The same for text, "127.0.0.1", "::1", "fe80::1%eth0". What is not an address is not public.
bool IsPublicAddress(std::string_view text);

// A URL in its parts, as the connecting library itself understands it, so that the check and the connection
// can't disagree on where the host ends.
struct UrlParts {
  std::string scheme;  // lower case
  std::string host;    // without brackets
  int port = 0;        // the scheme's own where none is given
  std::string path;
  bool has_user_info = false;
  bool has_query = false;
};

// False where the text is no absolute URL with a host, or has control characters or spaces in it.
bool SplitUrl(std::string_view url, UrlParts& parts);

// "localhost" and its like, or a literal address that is not public.
bool IsLoopbackHost(std::string_view host);

}  // namespace recado::net
