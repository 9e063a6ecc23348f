"""A pytest plugin that gives hvac's own tests the server that VAULTWRIGHT_SERVER starts, where they look for a `vault`.

hvac's test cases import a ServerManager; a module that is made here stands in for the one that has it. The outcome of
each test goes, as a line of JSON, into the file that VAULTWRIGHT_OUTCOMES names.
"""

import json
import os
import subprocess
import sys
import types

import requests


class Server:
    """The server of all tests: each class of them leaves it as it found it."""

    def __init__(self):
        command = json.loads(os.environ["VAULTWRIGHT_SERVER"])
        # What the server logs is not read, and a full pipe would stop it.
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        started = json.loads(self.process.stdout.readline())
        self.address = started["address"]
        self.root_token = started["root_token"]
        self.unseal_key = started["unseal_key"]
        # What a server needs before the tests: the plugins under the names that Vault's own have.
        for path, body in json.loads(os.environ["VAULTWRIGHT_PREPARATION"]).items():
            headers = {"X-Vault-Token": self.root_token}
            answer = requests.post(f"{self.address}/v1/{path}", json=body, headers=headers)
            if answer.status_code != 204:
                raise RuntimeError(f"{path} was answered with {answer.status_code}: {answer.text}")

    def close(self):
        self.process.stdin.close()
        self.process.wait(30)


server = None


class ServerManager:
    """Gives the tests of a class the server."""

    def __init__(self, config_paths, client=None, use_consul=False, patch_config=True):
        self.client = client
        self.keys = [server.unseal_key]
        self.root_token = server.root_token

    def start(self):
        pass

    def initialize(self):
        from tests.utils import create_client

        self.client = create_client(url=server.address)
        self.client.token = self.root_token

    def unseal(self):
        from tests.utils import create_client

        create_client(url=server.address).sys.submit_unseal_keys(self.keys)

    def stop(self):
        self.client = None

    def get_active_vault_addresses(self):
        return [server.address]


def pytest_configure(config):
    global server
    server = Server()
    module = types.ModuleType("tests.utils.server_manager")
    module.ServerManager = ServerManager
    sys.modules[module.__name__] = module

    import tests.utils

    # Tests ask the program for its version, and are skipped where there is none.
    tests.utils.get_vault_version_string.cache = os.environ["VAULTWRIGHT_VERSION"]


def pytest_unconfigure(config):
    server.close()


def pytest_runtest_logreport(report):
    # A test that ran has its outcome in its call; one that could not, in what comes before or behind.
    if report.when != "call" and report.outcome == "passed":
        return
    line = {"test": report.nodeid, "outcome": report.outcome, "text": report.longreprtext}
    with open(os.environ["VAULTWRIGHT_OUTCOMES"], "a") as outcomes:
        outcomes.write(json.dumps(line) + "\n")
