/** Keys, most of all two of them, so that requests meet each other. */
export const keys = [
  ...["a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "a", "b", "b", "b", "b", "c/d", "c/d", "c/d/e", "c"],
  ...["%C3%84%F0%9F%94%90", "__proto__", "constructor", "x%20y", "x+y", "q%3Fr", "%25", ".h", "A", "none", "metadata"],
] as const;
/** Paths that are no key's. */
export const oddKeys = [
  "",
  "a/",
  "a..b",
  "/a",
  "c//d",
  "..",
  "c/../a",
  "c/%2e%2e/a",
  "c/d/%2e%2e",
  "./a",
  "%00",
  "%ff",
  "a%2Fb",
  "a%0A",
  "l".repeat(400),
] as const;
/** What is listed. */
export const folders = ["", "c", "c/", "c/d", "c/d/", "a", "none", "c//"] as const;
/** What is sent as numbers of versions. */
export const versionLists = [
  ...[
    "[1]",
    "[1]",
    "[2]",
    "[1,2]",
    '"1,2"',
    '["1","3"]',
    "2",
    "[3,4]",
    "[99]",
    "[0]",
    "[-1]",
    "[]",
    "null",
    '"a"',
    '["a"]',
  ],
  ...['"1, 2"', "{}", "[[1]]", "true", "1.5", "[2.7]", '"0x1"', '""', "[1,1]", "[null]", "[9007199254740993]", "[1e3]"],
] as const;
/** What is sent for check-and-set. */
export const cas = [
  "0",
  "1",
  "2",
  "3",
  "4",
  '"1"',
  "null",
  '""',
  '"abc"',
  "{}",
  "-1",
  "1.9",
  "true",
  "[]",
  "[1]",
] as const;

/** What is sent as settings of a mount or a secret. */
export const settings = {
  max_versions: ["0", "1", "2", "3", '"4"', "null", '"abc"', "1.5", "true", "[]", "2147483648"],
  cas_required: ["true", "false", "false", "false", "null", '"true"', '"yes"', "1", "0"],
  delete_version_after: [
    "0",
    '"0s"',
    "null",
    '"1h"',
    '"3h25m"',
    '"-1s"',
    "-5",
    '"2d"',
    '"abc"',
    '"500ms"',
    '""',
    "7200",
    "true",
    '"300000h"',
  ],
} as const;
/** What is sent as metadata of the user's own. */
export const customMetadata = [
  ...[
    '{"a":"b"}',
    '{"a":"b","c":"d"}',
    '{"a":1}',
    '{"a":1.5,"b":true}',
    "{}",
    "null",
    '{"":"x"}',
    '{"k":"\\u200b"}',
    '"x"',
    "[]",
  ],
  ...[
    '{"a":""}',
    '{"a":[]}',
    '{"a":{}}',
    '[{"a":"b"},{"c":"d"}]',
    '{"__proto__":"x"}',
    '{"constructor":"y"}',
    '{"a":null}',
  ],
  ...[
    '{"a":null,"b":"x"}',
    '{"a":"1","a":"2"}',
    '{"Ä":"🔐"}',
    '{"a":1e21,"b":1e-7}',
    '{"a":9007199254740993}',
    '{"a\\u0000":"x"}',
  ],
  ...[
    `{"a":"${"x".repeat(513)}"}`,
    `{"${"n".repeat(129)}":"x"}`,
    `{${Array.from({ length: 65 }, (_, at) => `"${at}":"x"`)}}`,
  ],
  ...[`{"a":"${"x".repeat(512)}","${"n".repeat(128)}":"${"Ä".repeat(256)}"}`, `{"a":"${"Ä".repeat(257)}"}`],
] as const;
/** Queries of reads. */
export const versions = [
  ...[
    "?version=1",
    "?version=2",
    "?version=3",
    "?version=0",
    "?version=-1",
    "?version=99",
    "?version=abc",
    "?version=",
    "?bogus=1",
  ],
  ...[
    "?version=1&version=2",
    "?version=01",
    "?version=1.5",
    "?version=9223372036854775807",
    "?version=99999999999999999999",
  ],
  ...["?data=1", "?path=x", "?options=x", "?version=0x1", "?version=+1", "?list=false", "?version=1&bogus=%00"],
] as const;
/** Queries of reads of subkeys. */
export const depths = [
  "?depth=0",
  "?depth=1",
  "?depth=2",
  "?depth=-1",
  "?depth=x",
  "?version=1",
  "?version=2&depth=1",
] as const;
/** Queries of lists. */
export const lists = [
  "?exclude_deleted=true",
  "?exclude_deleted=x",
  "?exclude_deleted=0",
  "?after=a",
  "?limit=1",
  "?after=a&limit=x",
] as const;
/** First parts of paths of a mount of version 2, as the engines in Go have them. */
export const firstParts = [
  "data",
  "metadata",
  "delete",
  "undelete",
  "destroy",
  "subkeys",
  "config",
  "detailed-metadata",
] as const;
/** Paths of a mount of version 2 that are none of a secret. */
export const roots = [
  "",
  "foo",
  "data",
  "metadata",
  "config/",
  "config/x",
  "data/",
  "subkeys",
  "delete",
  "datax",
  "detailed-metadata",
] as const;

/** What is written as the lifetime of an object in version 1. */
export const times = [
  '"1h"',
  "3600",
  '"2d"',
  '"soon"',
  '"0"',
  "-5",
  "null",
  '""',
  "[]",
  '"90m"',
  "7200.9",
  "true",
  '"5h "',
] as const;
