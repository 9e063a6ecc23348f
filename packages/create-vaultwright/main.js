#!/usr/bin/env node
import { create } from "vaultwright";

await create(process.argv.slice(2));
