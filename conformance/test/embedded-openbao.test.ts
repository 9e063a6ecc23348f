import { describe } from "node:test";
import { scanCases } from "../cases/scans.ts";
import { everyServer } from "../cases.ts";
import { startEmbedded } from "../hosts/embedded.ts";
import { runCases } from "../suite.ts";

describe("the embedded host like OpenBao", () =>
  runCases((pluginDirectory) => startEmbedded(pluginDirectory, "openbao"), [...everyServer, scanCases]));
