import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, mock, test } from "node:test";
import { nameTemplate } from "../../../src/index.ts";

const data = { DisplayName: "abcdef", RoleName: "my-role", Nested: { k: "v" }, List: ["a", "b"], Count: 7, Is: true };
const generate = (source: string) => nameTemplate(source).generate(data);

describe("a template", () => {
  test("truncates to a number of bytes above zero [S162]", () => {
    assert.equal(generate('{{ truncate 3 "abcdef" }}'), "abc");
    assert.equal(generate('{{ truncate 9 "abcdef" }}'), "abcdef");
    assert.throws(() => generate('{{ truncate 0 "abcdef" }}'), {
      kind: "user",
      message:
        'unable to apply template: template: template:1:3: executing "template" at <truncate 0 "abcdef">: ' +
        "error calling truncate: max length must be > 0 but was 0",
    });
  });

  test("truncates and keeps a part of the hash of what it cuts off [S163]", () => {
    const long = "abcdefghijklmnop";
    const hash = createHash("sha256").update("efghijklmnop").digest("hex").slice(0, 8);

    assert.equal(generate(`{{ truncate_sha256 12 "${long}" }}`), `abcd${hash}`);
    assert.equal(generate(`{{ truncate_sha256 16 "${long}" }}`), long);
    assert.throws(() => generate(`{{ truncate_sha256 8 "${long}" }}`), /max length must be > 8 but was 8$/);
  });

  test("passes values through pipelines [S164]", () => {
    assert.equal(generate("{{ .DisplayName | truncate 3 | uppercase }}"), "ABC");
  });

  test("replaces texts [S165]", () => {
    assert.equal(generate('{{ replace "-" "_" "a-b-c" }}'), "a_b_c");
  });

  test("has the clock's time", () => {
    mock.timers.enable({ apis: ["Date"], now: Date.parse("2026-01-02T03:04:05.678Z") });
    try {
      assert.equal(generate("{{ unix_time }} {{ unix_time_millis }}"), "1767323045 1767323045678");
      assert.equal(generate('{{ timestamp "2006" }}'), "2026");
    } finally {
      mock.timers.reset();
    }
  });

  test("makes random texts and UUIDs", () => {
    assert.match(generate("{{ random 20 }}"), /^[A-Za-z0-9]{20}$/);
    assert.match(generate("{{ uuid }}"), /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test("knows what OpenBao added", () => {
    assert.equal(generate('{{ hex "az" }} {{ decode_hex "617A" }} {{ decode_base64 "YXo=" }}'), "617a az az");
    assert.equal(
      generate('{{ glob "a*c*e" "abcde" }} {{ glob "a*" "b" }} {{ glob "ab*ba" "aba" }}'),
      "true false false",
    );
    assert.throws(() => generate('{{ decode_hex "6" }}'), /illegal hex data/);
    assert.throws(() => generate('{{ decode_base64 "a" }}'), /illegal base64 data/);
  });

  test("calls functions of the author's own", () => {
    const shout = (value?: unknown) => `${value}!`;

    const template = nameTemplate("{{ .RoleName | shout }}", { functions: { shout } });

    assert.equal(template.generate(data), "my-role!");
  });

  test("takes a name that the values lack for a mistake", () => {
    assert.throws(() => generate("{{ .constructor }}"), {
      kind: "user",
      message:
        'unable to apply template: template: template:1:3: executing "template" at <.constructor>: ' +
        "can't evaluate field constructor",
    });
  });

  test("replaces nothing before and after each character, as Go does", () => {
    assert.equal(generate('{{ "a\u{1f511}" | replace "" "-" }}'), "-a-\u{1f511}-");
    assert.equal(generate('{{ "" | replace "" "-" }}'), "-");
    assert.equal(generate('{{ "a.b.c" | replace "." "$&" }}'), "a$&b$&c");
  });

  test("says what a function of the author's own threw, and keeps it as the cause", () => {
    const failure = new TypeError("no vowels");
    const shout = (): string => {
      throw failure;
    };

    const template = nameTemplate("{{ shout }}", { functions: { shout } });

    assert.throws(
      () => template.generate({}),
      (error: Error) => {
        assert.match(error.message, /at <shout>: error calling shout: no vowels$/);
        assert.ok(error.cause instanceof Error);
        assert.equal(error.cause.cause, failure);
        return true;
      },
    );
  });

  test("is refused when it is empty, or too long", () => {
    assert.throws(() => nameTemplate(""), { kind: "user", message: "missing template" });
    assert.throws(() => nameTemplate("x".repeat(100_000)), {
      kind: "user",
      message: "template too large, length of template must be less than 100,000",
    });
    assert.equal(nameTemplate("x".repeat(99_999)).generate({}).length, 99_999);
  });

  const refused = [
    ["{{ range .List }}{{ end }}", "{{range}} is not supported"],
    ["{{ $x := 1 }}", "variables are not supported"],
    ["\n{{ foo }}", 'function "foo" not defined', 2],
    ["{{ .A", "unclosed action"],
    [`{{ ${"(".repeat(2000)}1${")".repeat(2000)} }}`, "max expression depth exceeded"],
  ] as const;
  for (const [source, message, line = 1] of refused)
    test(`cannot be parsed: ${message}`, () => {
      assert.throws(() => nameTemplate(source), {
        kind: "user",
        message: `unable to parse template: template: template:${line}: ${message}`,
      });
    });

  test("cannot fill the memory", () => {
    assert.throws(() => generate("{{ random 1000000000 }}"), /length must be at most 100000 but was 1000000000$/);
    assert.equal(generate('{{ printf "%999999999d" 1 }}'), "%!(BADWIDTH)1");
    assert.throws(
      () => generate(`{{ "a" ${'| replace "a" "aaaaaaaaaa"'.repeat(9)} }}`),
      /more than 2000000 characters$/,
    );
    assert.throws(() => generate(`{{ .RoleName ${"| hex ".repeat(40)} }}`), /more than 2000000 characters$/);
    assert.throws(() => generate('{{ printf "%999999d" 1 }}'.repeat(3)), /more than 2000000 characters$/);
  });

  test("of much space or many marks takes no long time", () => {
    assert.throws(() => nameTemplate(`{{ "${"\\".repeat(90_000)} }}`), /unterminated quoted string/);
    assert.throws(() => nameTemplate(`{{${" ".repeat(90_000)}`), /unclosed action/);
    assert.equal(nameTemplate(`${" ".repeat(90_000)}x {{- 1 }}`).generate({}).length, 90_002);
    assert.equal(nameTemplate(`{{ ""${" ".repeat(90_000)}}}`).generate({}), "");
  });
});
