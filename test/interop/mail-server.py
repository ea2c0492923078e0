"""A mail server (aiosmtpd) that takes what is sent to it over TLS with the right password, and prints it as JSON.

Arguments: certificate and key (PEM). Prints {"starttls": port, "tls": port} first, then each mail. Ends with its stdin.
"""
import asyncio
import json
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult


class Box:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 nobody by that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(
            json.dumps(
                {
                    "from": envelope.mail_from,
                    "to": envelope.rcpt_tos,
                    "data": envelope.content.decode(),
                    "tls": server.transport.get_extra_info("ssl_object") is not None,
                }
            ),
            flush=True,
        )
        return "250 taken"


def check(server, session, envelope, mechanism, data):
    good = data.login == b"chancery" and data.password == b"correct horse"
    return AuthResult(success=good, handled=False)


async def main():
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    common = {"authenticator": check, "auth_required": True, "hostname": "localhost"}
    loop = asyncio.get_running_loop()
    starttls = await loop.create_server(
        lambda: SMTP(Box(), tls_context=context, require_starttls=True, **common), "127.0.0.1", 0
    )
    tls = await loop.create_server(
        lambda: SMTP(Box(), auth_require_tls=False, **common), "127.0.0.1", 0, ssl=context
    )
    ports = [server.sockets[0].getsockname()[1] for server in (starttls, tls)]
    print(json.dumps({"starttls": ports[0], "tls": ports[1]}), flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


asyncio.run(main())
