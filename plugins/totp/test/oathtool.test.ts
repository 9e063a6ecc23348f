import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes, randomInt } from "node:crypto";
import { test } from "node:test";
import { promisify } from "node:util";
import { harness } from "@vaultwright/core/testing";
import { encodeBase32 } from "../src/base32.ts";
import { createTotp } from "../src/totp.ts";
import { whereInstalled } from "./where-installed.ts";

const run = promisify(execFile);
const count = Number(process.env["TOTP_CODES"] ?? 200);
/** So many are asked for at the same time. */
const width = 4;

/** A key, and a moment in seconds. */
interface Sample {
  readonly key: string;
  readonly algorithm: string;
  readonly digits: number;
  readonly period: number;
  readonly time: number;
}

whereInstalled("oathtool", "oathtool", () => {
  test(`makes the codes of oathtool, for ${count} random keys, times and settings [T61, T62]`, async () => {
    for (let done = 0; done < count; done += width) {
      const samples = Array.from({ length: Math.min(width, count - done) }, makeSample);
      assert.deepEqual(
        await Promise.all(samples.map(async (sample) => ({ ...sample, code: await ourCode(sample) }))),
        await Promise.all(samples.map(async (sample) => ({ ...sample, code: await codeOfOathtool(sample) }))),
      );
    }
  });
});

function makeSample(): Sample {
  return {
    key: encodeBase32(randomBytes(1 + randomInt(80))),
    algorithm: ["SHA1", "SHA256", "SHA512"][randomInt(3)] ?? "",
    digits: 6 + 2 * randomInt(2),
    period: randomInt(2) === 0 ? 30 : 1 + randomInt(100_000),
    time: randomInt(2 ** 34),
  };
}

async function ourCode({ time, ...key }: Sample): Promise<unknown> {
  const mount = await harness(createTotp({ now: () => time }));
  await mount.write("keys/k", key);
  return (await mount.read("code/k"))?.data?.["code"];
}

async function codeOfOathtool({ key, algorithm, digits, period, time }: Sample): Promise<string> {
  const args = [`--totp=${algorithm}`, `--digits=${digits}`, `--time-step-size=${period}s`, `--now=@${time}`];
  const { stdout } = await run("oathtool", [...args, "--base32", key]);
  return stdout.trim();
}
