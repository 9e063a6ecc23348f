// Builds what the tests against servers need of Vault, where that was not done before. It takes minutes each, which no
// test has.
import { buildVault, buildVaultCommand, hasGo } from "./vault-build.ts";

if (hasGo()) {
  await buildVault("1.21.4");
  await buildVault("1.10.11");
  await buildVaultCommand();
}
