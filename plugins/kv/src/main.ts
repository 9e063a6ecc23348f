import { serve } from "@vaultwright/core";
import manifest from "../package.json" with { type: "json" };
import { kv } from "./kv.ts";

await serve(kv, manifest);
