#!/usr/bin/env node
import { run } from "vaultwright";

await run(["new", ...process.argv.slice(2)], "npm create vaultwright");
