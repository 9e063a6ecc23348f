import { serve } from "@vaultwright/core";
import manifest from "../package.json" with { type: "json" };
import { badgeAuth } from "./badge-auth.ts";

await serve(badgeAuth, manifest);
