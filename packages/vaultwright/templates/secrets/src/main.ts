import { serve } from "@vaultwright/core";
import manifest from "../package.json" with { type: "json" };
import { engine } from "./engine.ts";

await serve(() => engine, manifest);
