import { serve } from "@vaultwright/core";
import { flagsEngine } from "./flags.ts";

await serve(flagsEngine, { name: "vault-plugin-secrets-flags", version: "0.1.0" });
