import { serve } from "@vaultwright/core";
import { jwtAuth } from "./jwt-auth.ts";

await serve(jwtAuth, { name: "vault-plugin-auth-signed-token", version: "0.1.0" });
