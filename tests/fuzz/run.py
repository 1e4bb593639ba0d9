"""Asks every operation of the built server with what Schemathesis invents from the OpenAPI document.

Nothing that anybody sends may make the server fail (no 5xx), and every reply must be as the document says: its status, its
media type, its form. Asked signed out, as a carrier and as the office. `HATANG_BIN` names the server, `SCHEMATHESIS` the
program. Bounded in examples and time; the seed is fixed, so that a failure comes again.
"""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request

WORKSPACE = pathlib.Path(__file__).resolve().parents[2]
ROLES = [None, "viettel", "phong-kinh-te"]
CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
# Signing out would end the session that the rest is asked with.
LEFT_OUT = ["endSession"]
EXAMPLES_AT_MOST = "6"
SECONDS_AT_MOST = "30"
READY_WITHIN = 60


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="hatang-fuzz-") as folder:
        server, address = start(pathlib.Path(folder))
        try:
            # Everybody signs in before the first invented question: those to the sign-in lock their address out.
            cookies = {role: sign_in(address, role) for role in ROLES if role}
            failed = [role for role in ROLES if not holds(address, role, cookies.get(role), folder)]
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(timeout=20)
    for role in failed:
        print(f"failed: asked as {role or 'a visitor'}")
    print(f"{len(ROLES) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def start(folder: pathlib.Path) -> tuple[subprocess.Popen, str]:
    """A demo server of its own on a free port, once it answers."""
    options = ["--database", f"sqlite:{folder / 'hatang.db'}", "--listen", "127.0.0.1:0"]
    command = [os.environ["HATANG_BIN"], "serve", "--demo", "--sample-data", str(WORKSPACE / "sample-data"), *options]
    log = (folder / "log").open("wb")
    server = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
    until = time.monotonic() + READY_WITHIN
    while time.monotonic() < until:
        line = server.stdout.readline()
        if not line:
            break
        if line.startswith("Hatang: http"):
            return server, line.split()[1]
    server.kill()
    raise SystemExit(f"the server does not start: {(folder / 'log').read_text()}")


def holds(address: str, role: str | None, cookie: str | None, folder: str) -> bool:
    command = [os.environ["SCHEMATHESIS"], "run", f"{address}/api/openapi.json", "--checks", CHECKS]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", EXAMPLES_AT_MOST, "--max-time", SECONDS_AT_MOST]
    command += ["--seed", "20261122", "--generation-database", "none", "--no-color", "--warnings", "off"]
    command += ["--continue-on-failure", "--request-timeout", "30", "--workers", "1"]
    command += ["--suppress-health-check", "all", "--max-failures", "20"]
    for operation in LEFT_OUT:
        command += ["--exclude-operation-id", operation]
    if cookie:
        command += ["--header", f"Cookie: {cookie}"]
    print(f"--- asked as {role or 'a visitor'}", flush=True)
    return subprocess.run(command, check=False, cwd=folder).returncode == 0


def sign_in(address: str, account: str) -> str:
    body = json.dumps({"account": account, "password": "hatang-demo"}).encode()
    request = urllib.request.Request(f"{address}/api/v1/session", body, {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=READY_WITHIN) as reply:
        return reply.headers["set-cookie"].split(";")[0]


if __name__ == "__main__":
    sys.exit(main())
