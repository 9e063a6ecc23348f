import { accountsCases } from "./cases/accounts.ts";
import { flagsCases } from "./cases/flags.ts";
import { jwtAuthCases } from "./cases/jwt-auth.ts";
import { notesCases } from "./cases/notes.ts";
import { probesCases } from "./cases/probes.ts";
import type { Example } from "./example.ts";

/** All examples. */
export const examples: readonly Example[] = [
  { folder: "notes", name: "vault-plugin-secrets-notes", type: "secret", cases: notesCases },
  { folder: "accounts", name: "vault-plugin-secrets-accounts", type: "secret", cases: accountsCases },
  { folder: "jwt-auth", name: "vault-plugin-auth-signed-token", type: "auth", cases: jwtAuthCases },
  { folder: "flags", name: "vault-plugin-secrets-flags", type: "secret", cases: flagsCases },
  { folder: "probes", name: "vault-plugin-secrets-probes", type: "secret", cases: probesCases },
];
