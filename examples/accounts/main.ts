import { serve } from "@vaultwright/core";
import { accountsEngine } from "./engine.ts";

await serve(accountsEngine, { name: "vault-plugin-secrets-accounts", version: "0.1.0" });
