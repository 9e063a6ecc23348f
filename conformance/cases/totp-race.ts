import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { expectStatus, expectText } from "../expect.ts";
import { useMount } from "../mounts.ts";
import { totp } from "../plugins.ts";
import type { Cases } from "../suite.ts";

const key = "HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";
const clients = 64;
const used = "code already used; wait until the next time period";

/** Many clients that offer one code at the same moment. */
export function totpRaceCases({ rounds }: { readonly rounds: number }): Cases {
  return (server) => {
    describe("a code that many clients offer at once", () => {
      const mount = useMount(server, totp);

      test(`is accepted once by ${clients} clients, in ${rounds} rounds`, async () => {
        const { client, path } = mount();
        for (let round = 0; round < rounds; round += 1) {
          const name = `${path}/code/round-${round}`;
          expectStatus(await client.write(`${path}/keys/round-${round}`, { key, period: 3600 }), 204);
          const code = expectText(await client.read(name), "data", "code");

          const answers = await Promise.all(Array.from({ length: clients }, () => client.write(name, { code })));

          const accepted = answers.filter(({ status }) => status === 200);
          assert.deepEqual(
            accepted.map((answer) => answer.at("data")),
            [{ valid: true }],
            `round ${round}`,
          );
          const refused = answers.filter(({ status, errors }) => status === 400 && errors[0] === used);
          assert.equal(refused.length, clients - 1, `round ${round}`);
        }
      });
    });
  };
}
