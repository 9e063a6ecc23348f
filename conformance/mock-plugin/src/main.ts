import { serve } from "@vaultwright/core";
import { mock } from "./engine.ts";

await serve(mock, { name: "vault-plugin-mock", version: "0.0.1" });
