"""Real servers in a process of their own: `python -m tests.portal.serve KIND FOLDER` prints the port, then serves until it is killed.

KIND: dav (wsgidav), drop (the same, but nothing can be read or listed, as at a Nextcloud file drop), s3 (moto), sftp (asyncssh's).
"""

from __future__ import annotations

import asyncio
import logging
import os
import socket
import sys
from pathlib import Path

USER, PASSWORD, BUCKET = "lead", "a word for loopback", "packages"


def port_free() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def dav(folder: Path, port: int, *, drop: bool, pem: str = "") -> None:
    from cheroot import wsgi
    from wsgidav.wsgidav_app import WsgiDAVApp
    app = WsgiDAVApp({
        "host": "127.0.0.1", "port": port, "provider_mapping": {"/": str(folder)}, "verbose": 0, "logging": {"enable": False},
        "simple_dc": {"user_mapping": {"*": {USER: {"password": PASSWORD}}}}, "http_authenticator": {"accept_digest": False}})
    half = bool(os.environ.get("SERVE_HALF"))
    taken: list[int] = []
    most = int(os.environ.get("SERVE_MOST", "0"))

    def gate(environ, start):
        method = environ["REQUEST_METHOD"]
        if drop and method not in ("PUT", "OPTIONS"):
            start("403 Forbidden", [("Content-Length", "0")])
            return [b""]
        if most and method == "PUT":
            taken.append(int(environ["CONTENT_LENGTH"]))
            if sum(taken) > most:
                environ["wsgi.input"].read(taken.pop())
                start("507 Insufficient Storage", [("Content-Length", "0")])
                return [b""]
        if half and method == "PUT" and int(environ["CONTENT_LENGTH"]) > 1_000_000:
            environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
            (folder / environ["PATH_INFO"].strip("/")).write_bytes(b"half")
            start("201 Created", [("Content-Length", "0")])
            return [b""]
        return app(environ, start)
    server = wsgi.Server(("127.0.0.1", port), gate)
    if pem:
        from cheroot.ssl.builtin import BuiltinSSLAdapter
        server.ssl_adapter = BuiltinSSLAdapter(pem, pem)
    server.prepare()
    print(port, flush=True)
    server.serve()


def s3(port: int, pem: str = "") -> None:
    import threading

    import boto3
    from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
    from werkzeug.serving import make_server
    server = make_server("127.0.0.1", port, DomainDispatcherApplication(create_backend_app), True, ssl_context=(pem, pem) if pem else None)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    boto3.client("s3", endpoint_url=f"https://localhost:{port}" if pem else f"http://127.0.0.1:{port}", region_name="us-east-1",
                 aws_access_key_id=USER, aws_secret_access_key=PASSWORD, verify=pem or None).create_bucket(Bucket=BUCKET)
    print(port, flush=True)
    thread.join()


def sftp(folder: Path, port: int) -> None:
    import asyncssh

    class Server(asyncssh.SSHServer):
        def begin_auth(self, username: str) -> bool:
            return True

        def password_auth_supported(self) -> bool:
            return True

        def validate_password(self, username: str, password: str) -> bool:
            return (username, password) == (USER, PASSWORD)

    class Files(asyncssh.SFTPServer):
        def __init__(self, channel) -> None:
            super().__init__(channel, chroot=str(folder).encode())

    async def serve() -> None:
        key = folder.parent / f"{folder.name}.key"
        if not key.exists():
            asyncssh.generate_private_key("ssh-ed25519").write_private_key(str(key))
        await asyncssh.listen("127.0.0.1", port, server_factory=Server, sftp_factory=Files, server_host_keys=[str(key)])
        print(port, flush=True)
        await asyncio.Event().wait()
    asyncio.run(serve())


def main(kind: str, folder: str, port: int = 0, pem: str = "") -> None:
    logging.disable(logging.CRITICAL)
    port = port or port_free()
    if kind == "s3":
        s3(port, pem)
    elif kind == "sftp":
        sftp(Path(folder), port)
    else:
        dav(Path(folder), port, drop=kind == "drop", pem=pem)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 0, sys.argv[4] if len(sys.argv) > 4 else "")
