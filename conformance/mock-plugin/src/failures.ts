import {
  BadRequest,
  CodedError,
  type ErrorKind,
  InternalError,
  InvalidRequest,
  LogicalError,
  PermissionDenied,
  path,
  StorageError,
  t,
  Unrecoverable,
  UnsupportedOperation,
  UnsupportedPath,
  UserError,
} from "@vaultwright/core";

const failures: { readonly [K in ErrorKind]: (text: string | undefined) => LogicalError } = {
  unknown: () => new StorageError("the text of unknown"),
  user: () => new UserError("the text of user"),
  internal: () => new InternalError("the text of internal"),
  coded: () => new CodedError(418, "the text of coded"),
  "bad-request": () => new BadRequest("the text of bad-request"),
  "unsupported-operation": () => new UnsupportedOperation(),
  "unsupported-path": () => new UnsupportedPath(),
  "invalid-request": (text) => new InvalidRequest(text),
  "permission-denied": (text) => new PermissionDenied(text),
  "multi-authz-pending": () => new LogicalError("multi-authz-pending", "request needs further approval"),
  unrecoverable: () => new Unrecoverable(),
};

// The keys of the table are its kinds.
const kinds = Object.keys(failures) as ErrorKind[];

/** Throws the failure of the kind that it is asked for. */
export const refusal = path("failures/:kind", {
  summary: "Fails as it is asked to.",
  fields: {
    kind: t.oneOf(kinds, { description: "The kind of failure." }),
    text: t.string({ description: "A text in place of the one that hosts have for the kind." }),
  },
  read({ fields }) {
    throw failures[fields.kind](fields.text);
  },
});

/** Throws where nobody catches it, which ends the process. */
export const crash = path("crash", {
  summary: "Ends the process by an exception that nobody catches.",
  fields: {},
  update() {
    setImmediate(() => {
      throw new Error("deliberate crash");
    });
  },
});
