import { serve } from "@vaultwright/core";
import { probesEngine } from "./engine.ts";

await serve(probesEngine, { name: "vault-plugin-secrets-probes", version: "0.1.0" });
