import assert from "node:assert/strict";
import { test } from "node:test";
import { secretsEngine } from "../src/index.ts";
import { serve } from "../src/serve.ts";

for (const version of ["1.0", "v1", "", "latest", "1.2.3.4", "1.2.3 "]) {
  test(`refuses to report the version "${version}", which hosts could not register [W70]`, async () => {
    const serving = serve(() => secretsEngine({ help: "", paths: [] }), { name: "vault-plugin-secrets-x", version });

    await assert.rejects(serving, { name: "TypeError", message: /which is not of the form X\.Y\.Z$/ });
  });
}
