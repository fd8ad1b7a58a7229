#!/usr/bin/env python3
"""A mail server on 127.0.0.1 that stores what it takes as .eml and misbehaves as the recipient's name says.

    mail_server.py FOLDER [--auth USER:PASSWORD] [--tls CERTIFICATE KEY] [--reports] [--quiet]

--reports offers DSN (RFC 3461); without it parameters of MAIL that belong to it are refused, as servers do.
Prints "listening PORT", then one JSON line for each mail taken: {"path","from","to","session","parameters"}. Recipients: reject-550,
defer-450 (at RCPT TO), refuse-554, later-451 (after the data), vanish (reads the mail, ends the connection without a reply),
hang (never replies to the data).
"""
import argparse
import asyncio
import json
import os
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


class ReportingSMTP(SMTP):
    """Offers DSN and notes what it is told of it, which aiosmtpd knows nothing of."""
    parameters = []

    async def smtp_MAIL(self, arg):
        words = (arg or "").split(" ")
        self.parameters = [word for word in words if word.startswith(("RET=", "ENVID="))]
        await super().smtp_MAIL(" ".join(word for word in words if word not in self.parameters))


class Handler:
    def __init__(self, folder, quiet):
        self.folder, self.quiet, self.taken = folder, quiet, 0

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses[:-1] + ["250-DSN", responses[-1]] if isinstance(server, ReportingSMTP) else responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        local = address.split("@")[0]
        if local == "reject-550":
            return "550 5.1.1 No such user here"
        if local == "defer-450":
            return "450 4.2.1 Mailbox busy"
        if local == "closing-421":
            return "421 4.3.2 Shutting down"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        local = envelope.rcpt_tos[0].split("@")[0]
        if local == "refuse-554":
            return "554 5.7.1 Looks like spam"
        if local == "later-451":
            return "451 4.3.0 Try again later"
        if local == "vanish":
            server.transport.abort()
            await asyncio.Event().wait()
        if local == "hang":
            await asyncio.Event().wait()
        self.taken += 1
        if self.quiet:
            return "250 2.0.0 OK"
        path = os.path.join(self.folder, f"{self.taken}.eml")
        with open(path, "wb") as file:
            file.write(envelope.original_content)
        print(json.dumps({"path": path, "from": envelope.mail_from, "to": envelope.rcpt_tos,
                          "session": session.peer[1], "login": str(session.auth_data.login, "utf-8") if session.auth_data else None,
                          "tls": session.ssl is not None, "parameters": getattr(server, "parameters", [])}), flush=True)
        return f"250 2.0.0 OK: queued as Q{self.taken}"


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder")
    parser.add_argument("--auth")
    parser.add_argument("--tls", nargs=2)
    parser.add_argument("--reports", action="store_true")
    parser.add_argument("--quiet", action="store_true")
    options = parser.parse_args()
    handler = Handler(options.folder, options.quiet)
    settings = {"hostname": "mail.test", "enable_SMTPUTF8": True, "data_size_limit": 40 * 1024 * 1024}
    if options.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*options.tls)
        settings["tls_context"] = context
    if options.auth:
        wanted = LoginPassword(*(part.encode() for part in options.auth.split(":")))
        settings.update(authenticator=lambda server, session, envelope, mechanism, data: AuthResult(
            success=data == wanted, handled=False, auth_data=data), auth_required=True, auth_require_tls=False)
    server = await asyncio.get_running_loop().create_server(lambda: (ReportingSMTP if options.reports else SMTP)(handler, **settings), "127.0.0.1", 0)
    print(f"listening {server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
