"""Keeps files until it is killed: forks a process for each round, which costs no start-up.

Started with the folder of a vault. For each line it reads it forks a process that keeps one file
after another; prints its pid, then the hash of each file once that is kept, then ``ended``.
"""

from __future__ import annotations

import hashlib
import io
import os
import sys

from dti_core.evidence import Vault

SIZE = 6 * 2**20
FILES = 20


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def main(folder: str) -> None:
    vault = Vault(folder)
    contents = [os.urandom(2**16) * (SIZE // 2**16) for _ in range(FILES)]
    hashes = [hashlib.sha256(each).hexdigest() for each in contents]
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            say(f"pid {os.getpid()}")
            for sha256, content in zip(hashes, contents, strict=True):
                vault.keep(io.BytesIO(content), sha256)
                say(sha256)
            os._exit(0)
        os.waitpid(pid, 0)
        say("ended")


if __name__ == "__main__":
    main(sys.argv[1])
