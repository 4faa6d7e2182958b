"""Known vulnerabilities of what the locks name, looked up by pip-audit: `make audit-dependencies`.

A finding fails. Where the service cannot be reached (a machine without a network) that is said, and nothing fails: what
was not looked up is not called whole.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from typing import Any

__all__ = ["audit", "main"]

SERVICE = "https://api.osv.dev/v1/query"
_UNREACHED = ("ConnectionError", "Could not connect", "Timeout", "ProxyError", "SSLError")
"""What pip-audit says where the service did not answer."""


def audit(lock: str, *, service: str = SERVICE) -> list[str] | None:
    """A line for each known vulnerability of what the lock names; None where the service cannot be reached.

    Raises RuntimeError with what pip-audit said where it could not do its work for another reason.
    """
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pip_audit", "--requirement", lock, "--disable-pip", "--no-deps"),
            *("--vulnerability-service", "osv", "--osv-url", service, "--timeout", "10"),
            *("--format", "json", "--desc", "off", "--progress-spinner", "off"),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        found: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        if any(word in done.stderr for word in _UNREACHED):
            return None
        raise RuntimeError(f"{lock}: {done.stderr.strip() or done.stdout.strip()}") from None
    return [
        f"{lock}: {one['name']} {one['version']}: {each['id']}, mended in {', '.join(each['fix_versions']) or '—'}"
        for one in found["dependencies"]
        for each in one.get("vulns", ())
    ]


def main(arguments: list[str] | None = None) -> int:
    """Print what was found; 1 if anything was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("locks", nargs="+")
    parser.add_argument("--service", default=SERVICE)
    given = parser.parse_args(arguments)
    bad = False
    for lock in given.locks:
        found = audit(lock, service=given.service)
        if found is None:
            print(f"{lock}: not looked up, {given.service} cannot be reached")
            continue
        bad = bad or bool(found)
        print("\n".join(found) or f"{lock}: no known vulnerability")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
