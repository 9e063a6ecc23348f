import { serve } from "@vaultwright/core";
import manifest from "../package.json" with { type: "json" };
import { totp } from "./totp.ts";

await serve(totp, manifest);
