import { serve } from "@vaultwright/core";
import manifest from "../package.json" with { type: "json" };
import { exampleAuth } from "./example-auth.ts";

await serve(exampleAuth, manifest);
