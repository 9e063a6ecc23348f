import assert from "node:assert/strict";
import { copyFile } from "node:fs/promises";
import { join } from "node:path";
import { before, describe, test } from "node:test";
import type { Answer } from "../client.ts";
import { createDice } from "../fuzz.ts";
import { buildGoHost } from "../hosts/go-build.ts";
import { type Mount, register, useMount } from "../mounts.ts";
import { type Plugin, totp } from "../plugins.ts";
import { seedFrom } from "../seed.ts";
import type { Cases } from "../suite.ts";
import { makeRequest, type TotpRequest } from "./totp-requests.ts";

/** Vault's own engine, as a plugin of the same server. */
const reference: Plugin = { name: "totp-go", type: "secret" };
/** After so many requests other keys are used, so that what is remembered of codes does not expire in between. */
const batchSize = 200;
/** All periods are multiples of it. */
const stepMs = 30_000;

/** Sends the same requests to Vault's own engine and to ours, and expects the same answers. */
export function totpDifferentialCases({ requests }: { readonly requests: number }): Cases {
  const seed = seedFrom("TOTP_SEED");
  const count = Number(process.env["TOTP_COUNT"] ?? requests);

  return (server) => {
    describe(`${count} requests to the TOTP engine in Go and to ours (TOTP_SEED=${seed})`, () => {
      before(async () => {
        await copyFile(await buildGoHost("totp"), join(server().pluginDirectory, reference.name));
        await register(server(), reference);
      });
      const go = useMount(server, reference);
      const ours = useMount(server, totp);

      test("are answered alike", { timeout: 3_600_000 }, async (t) => {
        const dice = createDice(seed);
        const statuses = new Map<number, number>();
        for (let index = 0; index < count; index += 1) {
          const request = makeRequest(dice, Math.floor(index / batchSize));
          const step = Math.floor(Date.now() / stepMs);
          const body = await bodyOf(request, go());
          const answers = [await send(go(), request, body), await send(ours(), request, body)] as const;
          statuses.set(answers[0].status, (statuses.get(answers[0].status) ?? 0) + 1);
          // Codes change here, so the two may have been asked for different ones.
          if (Math.floor(Date.now() / stepMs) !== step) continue;
          const [wanted, given] = answers.map((answer) => comparable(answer, request));
          assert.deepEqual(
            given,
            wanted,
            `request ${index}: ${request.method} ${request.path} ${JSON.stringify(body)}`,
          );
        }
        t.diagnostic(JSON.stringify(Object.fromEntries(statuses)));
      });
    });
  };
}

async function bodyOf({ body, path, writesRightCode }: TotpRequest, { client, path: mount }: Mount): Promise<unknown> {
  if (!writesRightCode) return body;
  const code = (await client.read(`${mount}/${path}`)).at("data", "code");
  return { code: typeof code === "string" ? writesRightCode(code) : "none" };
}

function send({ client, path }: Mount, request: TotpRequest, body: unknown): Promise<Answer> {
  // Servers read a body of another type only for a patch.
  const headers = request.method === "PATCH" ? { "content-type": "application/merge-patch+json" } : {};
  return client.request(request.method, `${path}/${request.path}`, { headers, body });
}

/** What must be the same of two answers. Of keys that are generated, the secret is another one. */
function comparable(answer: Answer, { path }: TotpRequest): unknown {
  const { status, errors } = answer;
  const data = Object(answer.at("data"));
  const isMade = path.includes("/made-");
  return {
    status,
    errors: errors.map(withoutDetails),
    warnings: answer.at("warnings"),
    data: {
      ...data,
      ...("url" in data && { url: String(data.url).replace(/[A-Z2-7]+$/, ({ length }) => `${length} characters`) }),
      ...("barcode" in data && { barcode: pictureOf(String(data.barcode)) }),
      ...("code" in data && isMade && { code: String(data.code).length }),
    },
  };
}

/** Go's types are in its words for values that cannot be read, and of several such fields it names any. */
function withoutDetails(error: string): string {
  return error.replace(/^(Field validation failed: error converting input for field) .*/s, "$1");
}

/** Kind and size of a PNG. */
function pictureOf(base64: string): readonly unknown[] {
  const png = Buffer.from(base64, "base64");
  return [png.toString("latin1", 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];
}
