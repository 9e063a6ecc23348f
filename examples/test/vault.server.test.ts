import { whereGoIs } from "../../conformance/go.ts";
import { startVault } from "../../conformance/hosts/vault.ts";
import { examples } from "./all.ts";
import { runExamples } from "./example.ts";

whereGoIs("the examples in a real Vault", () => {
  runExamples("Vault 1.21.4", examples, async (pluginDirectory) => {
    const { stop, ...server } = await startVault("1.21.4", pluginDirectory);
    return { ...server, close: stop };
  });
});
