import { authMethod, type Backend, type Path, path, type Response, secretsEngine, t } from "@vaultwright/core";

/** A plugin whose help is compared with Go's. Its definition is once more in hosts/openapi, in Go. */
export interface HelpSample {
  readonly name: string;
  readonly backend: Backend;
}

const answer = () => undefined;
const exists = () => false;

const workedExample = secretsEngine({
  help: "A worked example.",
  specialPaths: { root: ["creds*"], unauthenticated: ["roles/+"] },
  paths: [
    path(/roles\/(?<name>\w(([\w-.]+)?\w)?)/, {
      summary: "  Manage\n a role. ",
      description: "Long text.",
      display: { operationPrefix: "demo", operationSuffix: "role", group: "G" },
      fields: {
        name: t.lowerCaseString({ description: "Role name." }),
        ttl: t.seconds({ description: "Lease\n TTL.", default: "1h" }),
        hosts: t.commaStrings({ required: true, display: { name: "Hosts", operationVerb: "x" } }),
        mode: t.oneOf(["a", "b"], { deprecated: true }),
        verbose: t.bool({ query: true, description: "Verbose?" }),
      },
      exists,
      read: { summary: "Read it.", returns: { ttl: t.seconds({ required: true }) }, handler: answer },
      write: { summary: "U.", description: " D. ", examples: [{ data: { ttl: 60 } }], handler: answer },
      delete: answer,
    }),
    path("roles", {
      summary: "List roles.",
      display: { operationPrefix: "demo", operationSuffix: "roles" },
      fields: { after: t.string({ query: true }) },
      list: { summary: "List.", handler: answer },
    }),
    path(/creds(\/(?<name>.+))?/, {
      summary: "Creds.",
      fields: { name: t.string() },
      update: answer,
      list: answer,
      read: answer,
    }),
    path(/raw\/.*/, { summary: "Raw.", fields: {}, read: answer }),
  ],
});

const display = {
  ...{ name: "Label", description: "Tip <b>", value: 0, sensitive: true, navigation: true, itemType: "Item" },
  ...{ group: "G", action: "Do", editType: "file", identifier: true, operationSuffix: "gone" },
} as const;

const kindsWith = (query: { readonly query?: boolean }) => ({
  string: t.string({ default: "", display, ...query }),
  lower: t.lowerCaseString({ description: " Two\n\n  lines & more. ", ...query }),
  name: t.name({ deprecated: true, description: "Old.", ...query }),
  int: t.int({ default: 0, required: true, ...query }),
  int64: t.int64({ default: 7, ...query }),
  bool: t.bool({ default: false, ...query }),
  map: t.map({ display: { operationVerb: "gone" }, ...query }),
  seconds: t.seconds({ default: 30, ...query }),
  signed_seconds: t.signedSeconds({ default: "-1h", ...query }),
  slice: t.list(query),
  strings: t.strings({ required: true, default: ["a"], ...query }),
  comma_strings: t.commaStrings(query),
  comma_ints: t.commaInts(query),
  pairs: t.pairs(query),
  header: t.header(query),
  float: t.float({ default: 1.5, ...query }),
  time: t.time(query),
  limited: t.int({ allowedValues: [1, 2], ...query }),
  limited_list: t.commaStrings({ allowedValues: ["x", "y"], ...query }),
  one_of: t.oneOf(["x", "y"], { default: "x", ...query }),
});

const everything = {
  read: { returns: kindsWith({}), handler: answer },
  ...{ update: answer, patch: answer, delete: answer, list: answer },
};

const kinds = secretsEngine({
  help: "\n All kinds.\nOn two lines. \n\n",
  paths: [
    path("body", { summary: "Fields in bodies.", fields: kindsWith({}), ...everything }),
    path("query", { summary: "Fields in queries.", fields: kindsWith({ query: true }), ...everything }),
    path("p/:int64/:name", {
      summary: "",
      fields: {
        int64: t.int64({ default: 7, display, query: true }),
        name: t.name({ deprecated: true, description: "The\n name." }),
        more: t.int(),
      },
      ...everything,
    }),
    path("twice/:zed/:Alpha", { summary: "", fields: { zed: t.string(), Alpha: t.string() }, read: answer }),
  ],
});

const example = (id: number): Response => ({ data: { id }, warnings: ["w"] });
const hidden = { unpublished: true, handler: answer };

const operations = secretsEngine({
  help: "Operations.",
  specialPaths: {
    root: ["hidden", "snapshot/"],
    unauthenticated: ["full/+/", "any*"],
    allowSnapshotRead: ["snapshot"],
  },
  paths: [
    path("full/:name", {
      summary: "",
      display: { operationPrefix: "path", operationVerb: "handle", navigation: true },
      fields: { name: t.name(), a: t.string() },
      exists,
      write: {
        summary: " Write. ",
        description: "\nKeeps\n  its lines.\n",
        deprecated: true,
        display: { operationPrefix: "better", operationVerb: "Make", operationSuffix: "It" },
        examples: [{ description: "First.", data: { a: "1", nested: { b: [1] } } }, { data: { a: "2" } }],
        handler: answer,
      },
      recover: answer,
      read: {
        responses: {
          202: [
            { description: "Soon.", example: example(1) },
            { description: "Never shown.", example: example(2) },
            { description: "", mediaType: "text/plain", example: { redirect: "there" } },
          ],
          206: [
            { description: "Part.", example: example(3) },
            { description: "", fields: { a: t.int({ description: "An\n a." }) } },
          ],
          404: { description: "" },
        },
        handler: answer,
      },
      delete: { responses: { 204: { description: "Gone." } }, handler: answer },
      patch: answer,
    }),
    path("hidden", { summary: "", fields: { a: t.string() }, exists, write: hidden, read: hidden, list: answer }),
    path("anything/:name", {
      summary: "",
      fields: { name: t.string() },
      acceptsAnything: true,
      update: answer,
      recover: answer,
    }),
    path("anything/:name/y", {
      summary: "",
      fields: { name: t.string(), a: t.string() },
      acceptsAnything: true,
      patch: { examples: [{ data: { free: true } }], handler: answer },
    }),
    path("snapshot", {
      summary: "",
      fields: { zed: t.string({ query: true }) },
      ...{ read: answer, list: answer, delete: answer },
    }),
  ],
});

const patterns: readonly RegExp[] = [
  /plain/,
  /config\/(root|lease)/,
  /creds(\/(?<name>.+))?/,
  /crl(\/pem|\/der|\/delta(\/pem|\/der)?)?/,
  /role\/(?<name>\w+)(\/(?<sub>.+))?/,
  /foo(?:bar)?/,
  /fooo(|bar)/,
  /(long|longer)/,
  /(a(?<name>\w+)|b(?<sub>\w+))/,
  /dot\.ted/,
  /dot[.]tod/,
  /plus\+ed/,
  /optional\/?slash/,
  /group(\/)?/,
  /empty(\/|\/bar)/,
  /(login|renew)\/?/,
  /\/?/,
  /tidy(-status|-cancel)?/,
  /lazy(-x)??/,
  /(?:one)(?:two|three)/,
  /any\/.*/,
  /digits\/\d+/,
  /plus\/x+/,
  /times\/x{2,}/,
  /class\/[a-z]/,
  /(?<name>.+)\/late/,
  /word\b\/x/,
];

const login = authMethod({
  help: "",
  specialPaths: { unauthenticated: ["login", "login/+", "login/+/*"] },
  paths: [
    path("login", { summary: "", fields: {}, display: { operationVerb: "login" }, update: answer }),
    path("login/:user", {
      summary: "Log in\n as a user.",
      description: "\nMany\n\n  lines.\n",
      fields: {
        user: t.lowerCaseString({ description: "Who.\nExactly." }),
        password: t.string({ display: { sensitive: true } }),
        old: t.signedSeconds({ deprecated: true, description: "Old\nthing" }),
      },
      update: answer,
    }),
  ],
});

/** The plugins whose help is compared with Go's. */
export const helpSamples: readonly HelpSample[] = [
  { name: "worked example", backend: workedExample },
  { name: "kinds", backend: kinds },
  { name: "operations", backend: operations },
  { name: "patterns", backend: secretsEngine({ help: "Patterns.", paths: patterns.map(patternPath) }) },
  { name: "login", backend: login },
];

function patternPath(pattern: RegExp): Path {
  return path(pattern, {
    summary: `Matches ${pattern.source.replaceAll("\\/", "/").replaceAll("(?<", "(?P<")}.`,
    display: { operationSuffix: "first|second|Third" },
    fields: { name: t.string(), sub: t.string(), free: t.string() },
    update: answer,
  });
}
