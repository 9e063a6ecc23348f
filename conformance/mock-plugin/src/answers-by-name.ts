import {
  CodedError,
  InvalidRequest,
  LogicalError,
  PermissionDenied,
  path,
  type Response,
  rawResponse,
  respondWithStatus,
  t,
  UserError,
} from "@vaultwright/core";

const answers = {
  nothing: undefined,
  empty: {},
  warned: { data: {}, warnings: ["careful"] },
  other: { data: { a: 1 } },
  "no-keys": { data: { keys: [] } },
  numbers: { data: { keys: [1] } },
  keys: { data: { keys: ["a", "b"] } },
  redirect: { redirect: "https://example.com/elsewhere" },
  // Text as it is, which `rawResponse` would never send.
  verbatim: { data: { http_status_code: 200, http_content_type: "text/plain", http_raw_body: "hello world!" } },
  "base64-by-chance": { data: { http_status_code: 200, http_content_type: "text/plain", http_raw_body: "test" } },
  untyped: { data: { http_status_code: 200, http_raw_body: "x" } },
  "no-content": rawResponse({ status: 204 }),
  text: rawResponse({ status: 401, contentType: "text/plain", body: "test", pragma: "no", wwwAuthenticate: "Basic" }),
} satisfies { readonly [name: string]: Response | undefined };

// The keys of the table are its names.
const names = Object.keys(answers) as (keyof typeof answers)[];

/** Gives the same answer, by its name, to every operation. */
export const named = path("answers/:name", {
  summary: "Gives an answer by its name.",
  fields: { name: t.oneOf(names, { description: "Name of the answer." }) },
  read: ({ fields }) => answers[fields.name],
  update: ({ fields }) => answers[fields.name],
  list: ({ fields }) => answers[fields.name],
  header: ({ fields }) => answers[fields.name],
});

/** Answers with a status of its own. */
export const created = path("created", {
  summary: "Answers as if something was made.",
  fields: {},
  update: ({ request }) => respondWithStatus(request, 201, { data: { made: true } }),
});

/** Fails with the text, the status and the data that it is asked for. */
export const refused = path("refusals/:kind", {
  summary: "Fails with a text.",
  fields: {
    kind: t.oneOf(["plain", "user", "denied", "invalid", "coded", "several"], { description: "Kind of failure." }),
    text: t.string({ required: true, description: "Its text." }),
    status: t.int({ default: 409, description: "The status of a coded failure." }),
    data: t.map({ description: "What a user is shown beside the text." }),
  },
  update({ fields: { kind, text, status, data } }) {
    switch (kind) {
      case "plain":
        throw new LogicalError("unknown", text);
      case "user":
        throw new UserError(text, { data });
      case "denied":
        throw new PermissionDenied(text);
      case "invalid":
        throw new InvalidRequest(text);
      case "coded":
        throw new CodedError(status, text);
      default:
        throw new AggregateError([new UserError(text), new UserError("another")]);
    }
  },
});
