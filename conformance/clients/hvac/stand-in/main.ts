// A plugin that is what its first argument says.
import { serve } from "@vaultwright/core";
import { approle, pki } from "./engines.ts";

const chosen = process.argv[2] === "approle" ? approle : pki;
await serve(() => chosen, { name: "vault-plugin-stand-in", version: "0.0.1" });
