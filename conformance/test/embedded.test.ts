import { describe } from "node:test";
import { everyServer } from "../cases.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import { runCases } from "../suite.ts";

describe("the embedded host like Vault", () =>
  runCases((pluginDirectory) => startEmbedded(pluginDirectory, "vault"), everyServer));
