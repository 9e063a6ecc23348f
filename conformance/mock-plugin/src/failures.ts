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

const failures: { readonly [K in ErrorKind]: () => LogicalError } = {
  unknown: () => new StorageError("the text of unknown"),
  user: () => new UserError("the text of user"),
  internal: () => new InternalError("the text of internal"),
  coded: () => new CodedError(418, "the text of coded"),
  "bad-request": () => new BadRequest("the text of bad-request"),
  "unsupported-operation": () => new UnsupportedOperation(),
  "unsupported-path": () => new UnsupportedPath(),
  "invalid-request": () => new InvalidRequest(),
  "permission-denied": () => new PermissionDenied(),
  "multi-authz-pending": () => new LogicalError("multi-authz-pending", "request needs further approval"),
  unrecoverable: () => new Unrecoverable(),
};

// The keys of the table are its kinds.
const kinds = Object.keys(failures) as ErrorKind[];

/** Throws the failure of the kind that it is asked for. */
export const refusal = path("failures/:kind", {
  summary: "Fails as it is asked to.",
  fields: { kind: t.oneOf(kinds, { description: "The kind of failure." }) },
  read({ fields }) {
    throw failures[fields.kind]();
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
