import { startHost } from "@vaultwright/host";
import { examples } from "./all.ts";
import { runExamples } from "./example.ts";

runExamples("the examples in the embedded host", examples, (pluginDirectory) =>
  startHost({ pluginDirectory, address: { host: "127.0.0.1", port: 0 } }),
);
