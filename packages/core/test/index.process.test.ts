import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";

const source = `
  import { registerHooks } from "node:module";
  const loaded = [];
  registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
  await import(${JSON.stringify(import.meta.resolve("../src/index.ts"))});
  console.log(loaded.filter((url) => /src\\/(bridge|gen|rpc|wire)\\/|grpc|protobuf/.test(url)).join("\\n"));
`;

test("a definition loads nothing of the transport", async () => {
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", source]);

  assert.equal(stdout.trim(), "");
});
