import { headerValues, path, rawResponse, t } from "@vaultwright/core";

/** Answers with bytes of its own. */
export const raw = path("raw", {
  summary: "Answers with a body of its own.",
  fields: { status: t.int({ default: 200, description: "The HTTP status." }) },
  read: ({ fields }) =>
    rawResponse({
      status: fields.status,
      contentType: "application/octet-stream",
      body: Uint8Array.of(0, 1, 254, 255),
      cacheControl: "no-store",
    }),
});

/** Answers with the values of a header, as data and as a header. */
export const headers = path("headers", {
  summary: "Gives back a header.",
  fields: { name: t.string({ required: true, description: "The header." }) },
  update({ fields, request }) {
    const values = headerValues(request.headers, fields.name);
    return { data: { values }, headers: new Map([["X-Mock", ["first", "second"]]]), warnings: ["a warning"] };
  },
});

/** Asks the host to wrap its answer. */
export const wrapped = path("wrapped", {
  summary: "Asks for its answer to be wrapped.",
  fields: {},
  read: () => ({ data: { wrapped: true }, wrapInfo: { ttl: 60 } }),
});

/** Answers with text of the length that it is asked for. */
export const large = path("large", {
  summary: "Answers with long text.",
  fields: { length: t.int({ required: true, description: "How long." }) },
  update: ({ fields }) => ({ data: { text: "x".repeat(fields.length) } }),
});
