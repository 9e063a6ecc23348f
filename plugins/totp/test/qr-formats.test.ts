import assert from "node:assert/strict";
import { test } from "node:test";
import { harness } from "@vaultwright/core/testing";
import { decodeQR } from "qr/decode.js";
import { totp } from "../src/totp.ts";
import { readSvg, readTerminal } from "./read-drawings.ts";

const generate = { generate: true, issuer: "Vault", account_name: "Test" };

async function pictureOf(wish: object): Promise<{ readonly url: string; readonly barcode: string }> {
  const { data = {} } = (await (await harness(totp)).write("keys/k", { ...generate, ...wish })) ?? {};
  return { url: String(data["url"]), barcode: String(data["barcode"]) };
}

test("draws a QR code as SVG of the wanted size", async () => {
  const { url, barcode } = await pictureOf({ qr_format: "svg", qr_size: 10 });

  assert.match(barcode, /^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" width="10" height="10" viewBox="0 0 53 53" /);
  assert.equal(decodeQR(readSvg(barcode, 4)), url);
});

test("draws a QR code in lines of text for a terminal", async () => {
  const { url, barcode } = await pictureOf({ qr_format: "terminal" });

  assert.match(barcode, /^(?:[ ▀▄█]{53}\n){27}$/);
  assert.equal(decodeQR(readTerminal(barcode, 4)), url);
});

test("leaves it out on request, whatever it would be drawn as", async () => {
  for (const qr_format of ["svg", "terminal"])
    assert.equal((await pictureOf({ qr_format, qr_size: 0 })).barcode, "undefined");
});
