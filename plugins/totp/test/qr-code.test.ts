import assert from "node:assert/strict";
import { test } from "node:test";
import { drawPng } from "../src/qr-code.ts";
import { readPng, readQrCode } from "./read-png.ts";

const url =
  "otpauth://totp/Vault:Test?algorithm=SHA1&digits=6&issuer=Vault&period=30&secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ";

for (const size of [90, 137, 200, 1000])
  test(`draws a code of ${size} pixels that can be read`, () => {
    const png = drawPng(url, size);

    assert.equal(readPng(png).size, size);
    assert.equal(readQrCode(png), url);
  });

test("draws modules as large as fit and puts them in the middle", () => {
  // 45 modules of 4 pixels leave 20 pixels.
  const picture = readPng(drawPng(url, 200));

  assert.equal(picture.isWhite(9, 9), true);
  assert.equal(picture.isWhite(10, 10), false);
  assert.equal(picture.isWhite(189, 10), false);
  assert.equal(picture.isWhite(190, 10), true);
});

test("draws one pixel for each module when there is no room for more", () => {
  assert.equal(readPng(drawPng(url, 45)).isWhite(0, 0), false);
});

test("refuses a picture that is too small", () => {
  assert.throws(() => drawPng(url, 44), {
    name: "QrCodeError",
    message: "can not scale barcode to an image smaller than 45x45",
  });
});

test("refuses a text that no QR code can hold, without repeating it", () => {
  assert.throws(() => drawPng("secret".repeat(1000), 4096), {
    name: "QrCodeError",
    message: "the text is too long",
  });
});
