import type { Dice } from "../fuzz.ts";

/** A request to a mount of the TOTP engine. */
export interface TotpRequest {
  readonly method: "GET" | "LIST" | "POST" | "DELETE" | "PATCH";
  readonly path: string;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Stands for the right code of this moment, in a body with a code. */
  readonly writesRightCode?: (code: string) => unknown;
}

type Values = readonly unknown[];

const secrets: Values = [
  ...["HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ", "hxdmvjecjjwsrb3hwizr4ifugftmxboz", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQGEZAU"],
  ...[
    "JBSWY3DP",
    "MZXW6YTBOI======",
    "MZXW6YTBOI",
    "AA",
    "AAAA",
    "AAAAA",
    "AAAAAAA",
    "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ",
  ],
];
const badSecrets: Values = [
  ...[
    "",
    "1",
    "A",
    "AAA",
    "AAAAAA",
    "JBSW Y3DP",
    "JBSWY3DP=",
    "AA=A====",
    "AA======AAAAAAAA",
    "========",
    "=",
    "é",
    "ıııııııı",
  ],
  ...[
    "A=======",
    "AAA=====",
    "AAAAAA==",
    "AAAAAAA=",
    "AA=====",
    "AAAA=AAA",
    "0",
    "8",
    "\n",
    "AAAAAAAA\n",
    "AAAA\nAAAA",
    12_345_672,
    true,
  ],
];
const texts: Values = [
  "",
  "Vault",
  "My Co",
  "a:b",
  "x&secret=AAAAAAAA",
  "Ä🔐",
  "100% +",
  "/?#;,",
  "~!*'()",
  "a@b.c",
  5,
  "l".repeat(200),
];

/** Values for each field, the usual ones first. None makes a code last shorter than half a minute. */
const fieldValues: Readonly<Record<string, Values>> = {
  issuer: texts,
  account_name: texts,
  period: [30, 90, "90", "1m30s", "1d", 60.5, 86_400, 0, -1, "", "x", "5ms", "0", null, true, [30]],
  algorithm: ["SHA1", "SHA256", "SHA512", "sha1", "MD5", "", null, 1],
  digits: [6, 8, "6", "8", 7, 0, -1, "x", 6.9, null, "0x6", "", true],
  skew: [0, 1, "1", "0", 2, -1, "x", null, true],
  key_size: [20, 10, 1, 32, 64, "16", 0, -1, "-100", "x", null],
  qr_size: [0, 200, 100, "0", 1000, 45, 44, 10, 1, -1, "x", null],
  exported: [true, false, "true", "f", 0, 1, "maybe", null],
  foo: [1],
};

const labels = [
  "V:t",
  "t",
  "",
  "V:",
  ":t",
  "V%3At",
  "a:b:c",
  "My%20Co:a%20b",
  "%C3%84",
  "%zz",
  "a/b",
  "a+b",
  "V:t#x",
  " V : t ",
];
const starts = [
  "otpauth://totp/",
  "otpauth://hotp/",
  "https://user@host:80/",
  "otpauth:/",
  "otpauth:",
  "",
  "//",
  ":",
  "otpauth://totp:x/",
];
const members = [
  ...[
    "secret=HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ",
    "secret=jbswy3dp",
    "secret=",
    "secret=1",
    "secret=a%zz",
    "secret=JBSWY3DP%3D",
  ],
  ...[
    "issuer=Q+R",
    "issuer=",
    "issuer=Q%26",
    "period=60",
    "period=AZ",
    "period=-5",
    "period=0",
    "period=+60",
    "period=6_0",
    "period=",
  ],
  ...[
    "digits=8",
    "digits=Q",
    "digits=7",
    "digits=",
    "digits=08",
    "algorithm=SHA512",
    "algorithm=md5",
    "algorithm=",
    "x",
    "=",
    "a;b=c",
  ],
];

/** Makes a request at random. Keys under `made` names are generated, those under the others given. */
export function makeRequest(dice: Dice, batch: number): TotpRequest {
  const isMade = dice(4) === 0;
  const name = `${isMade ? "made" : "given"}-${batch}-${dice(4)}`;
  const path = `keys/${name}`;
  switch (dice(12)) {
    case 0:
      return { method: "GET", path };
    case 1:
      return dice(3) === 0 ? { method: "DELETE", path } : { method: "LIST", path: "keys" };
    case 2:
      return { method: "GET", path: `code/${name}` };
    case 3:
      return { method: "POST", path: `code/${name}`, body: { code: pick(dice, wrongCodes) } };
    case 4:
    case 5:
    case 6:
      if (isMade) return { method: "GET", path: `code/${name}` };
      return { method: "POST", path: `code/${name}`, writesRightCode: pick(dice, spellings) };
    case 7:
      return oddRequest(dice, name);
    default:
      return { method: "POST", path, body: isMade ? madeKey(dice) : givenKey(dice) };
  }
}

const wrongCodes: Values = [
  "000000",
  "00000000",
  " 000001\t",
  "12345",
  "1234567",
  "",
  " ",
  "abcdef",
  "０００００２",
  17,
  3.5,
  true,
  null,
  [1],
  {},
];

const spellings: readonly ((code: string) => unknown)[] = [
  ...[(code: string) => code, (code: string) => code, (code: string) => ` ${code}\n`, (code: string) => `${code}0`],
  ...[(code: string) => Number(code), (code: string) => code.slice(1), (code: string) => `\u00a0${code}\u3000`],
];

function oddRequest(dice: Dice, name: string): TotpRequest {
  const odd: readonly TotpRequest[] = [
    { method: "GET", path: "keys" },
    { method: "POST", path: "keys", body: {} },
    { method: "DELETE", path: `code/${name}` },
    { method: "LIST", path: `keys/${name}` },
    { method: "LIST", path: "code" },
    { method: "POST", path: `keys/${name}-`, body: {} },
    { method: "GET", path: `keys/@${name}` },
    { method: "POST", path: `keys/${name}/x`, body: {} },
    { method: "GET", path: "code/" },
    { method: "GET", path: "nowhere" },
    { method: "POST", path: `code/${name}`, body: {} },
    { method: "PATCH", path: `keys/${name}`, body: {} },
  ];
  return pick(dice, odd);
}

function givenKey(dice: Dice): Readonly<Record<string, unknown>> {
  const source = dice(3);
  const given = {
    ...(source !== 0 && { key: pick(dice, dice(3) === 0 ? badSecrets : secrets) }),
    ...(source === 0 && { url: makeUrl(dice) }),
    ...(dice(10) === 0 && { generate: pick(dice, [false, "false", 0, null, "maybe"]) }),
  };
  return { ...given, ...someFields(dice) };
}

function madeKey(dice: Dice): Readonly<Record<string, unknown>> {
  const names = { issuer: pick(dice, texts), account_name: pick(dice, texts) };
  const refused = dice(12) === 0 ? { key: pick(dice, secrets), url: pick(dice, ["", "x"]) } : {};
  return { generate: pick(dice, [true, "true", 1]), ...names, ...refused, ...someFields(dice) };
}

/** Up to four fields; half of the values are among the first of their lists, which are right. */
function someFields(dice: Dice): Readonly<Record<string, unknown>> {
  const names = Array.from({ length: dice(5) }, () => pick(dice, Object.keys(fieldValues)));
  return Object.fromEntries(
    names.map((name) => {
      const values = fieldValues[name] ?? [];
      return [name, pick(dice, dice(2) === 0 ? values.slice(0, 3) : values)];
    }),
  );
}

function makeUrl(dice: Dice): string {
  const query = Array.from({ length: dice(5) }, () => pick(dice, members));
  const all = dice(3) === 0 ? query : [members[dice(2)], ...query];
  return `${pick(dice, dice(2) === 0 ? starts.slice(0, 1) : starts)}${pick(dice, labels)}?${all.join("&")}`;
}

function pick<T>(dice: Dice, values: readonly T[]): T {
  const value = values[dice(values.length)];
  if (value === undefined) throw new Error("there is nothing to pick from");
  return value;
}
