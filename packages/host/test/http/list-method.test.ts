import assert from "node:assert/strict";
import { test } from "node:test";
import { createListReplacement } from "../../src/http/list-method.ts";

/** Sends bytes in pieces of a size, and gives what comes out. */
function replaced(text: string, size = text.length): string {
  const replacement = createListReplacement();
  const bytes = Buffer.from(text, "latin1");
  let out = "";
  for (let from = 0; from < bytes.length; from += size) {
    const piece = Buffer.from(bytes.subarray(from, from + size));
    replacement(piece);
    out += piece.toString("latin1");
  }
  return out;
}

const listing = "LIST /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";
const stand = "LINK /v1/a HTTP/1.1\r\nHost: x\r\n\r\n";
const requests = [
  listing,
  "POST /v1/a HTTP/1.1\r\nContent-Length: 12\r\n\r\nLIST LIST\r\n\r",
  listing,
  "PUT /v1/a HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n5;x=LIST \r\nLIST \r\nA\r\nLIST /LIST\r\n0\r\nLIST : x\r\n\r\n",
  listing,
  "LIST /v1/a HTTP/1.1\r\nContent-Length: 5\r\n\r\nLIST ",
  "\r\nGET /v1/LIST HTTP/1.1\r\nX: y\r\nLIST : z\r\n\r\n",
  listing,
];

test("replaces the method of every request sent ahead, and nothing in heads and bodies, in pieces of any size", () => {
  const sent = requests.join("");
  const expected = requests.map((text) => text.replace(/^LIST /, "LINK ")).join("");

  for (let size = 1; size <= sent.length; size += 1) assert.equal(replaced(sent, size), expected, `pieces of ${size}`);
});

test("replaces the method of OpenBao's recursive lists too", () => {
  const sent = `SCAN /v1/SCAN HTTP/1.1\r\n\r\n${listing}`;

  for (let size = 1; size <= sent.length; size += 1)
    assert.equal(replaced(sent, size), `BIND /v1/SCAN HTTP/1.1\r\n\r\n${stand}`, `pieces of ${size}`);
});

test("leaves methods alone that only begin alike", () => {
  assert.equal(replaced(`LISTEN /v1/a HTTP/1.1\r\n\r\n${listing}`), `LISTEN /v1/a HTTP/1.1\r\n\r\n${stand}`);
  assert.equal(replaced(`LINK /v1/a HTTP/1.1\r\n\r\n${listing}`, 3), `LINK /v1/a HTTP/1.1\r\n\r\n${stand}`);
});

test("passes what it cannot follow on as it is", () => {
  const odd = `POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nno size\r\n${listing}`;

  assert.equal(replaced(odd), odd);
});
