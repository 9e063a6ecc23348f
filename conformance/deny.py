"""Runs a program that may not use one system call, as a seccomp profile of a container forbids it.

deny.py NUMBER AUDIT_ARCH PROGRAM [ARGUMENT ...]
"""
import ctypes
import os
import struct
import sys

PR_SET_SECCOMP, SECCOMP_MODE_FILTER, PR_SET_NO_NEW_PRIVS = 22, 2, 38
number, arch = int(sys.argv[1]), int(sys.argv[2], 16)


def instruction(code, true, false, value):
    return struct.pack("HBBI", code, true, false, value)


# Loads the architecture and the number, and answers EPERM where both are the ones, otherwise lets through.
program = b"".join(
    [
        instruction(0x20, 0, 0, 4),
        instruction(0x15, 0, 3, arch),
        instruction(0x20, 0, 0, 0),
        instruction(0x15, 0, 1, number),
        instruction(0x06, 0, 0, 0x00050001),
        instruction(0x06, 0, 0, 0x7FFF0000),
    ]
)
buffer = ctypes.create_string_buffer(program)
fprog = ctypes.create_string_buffer(struct.pack("HxxxxxxQ", len(program) // 8, ctypes.addressof(buffer)))
libc = ctypes.CDLL(None, use_errno=True)
if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, fprog):
    sys.exit(f"seccomp: {os.strerror(ctypes.get_errno())}")
os.execv(sys.argv[3], sys.argv[3:])
