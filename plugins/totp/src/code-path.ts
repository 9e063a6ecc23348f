import { InternalError, type Locks, type Path, path, t } from "@vaultwright/core";
import { codeTimes } from "./code-times.ts";
import { decodeSecret, findKey } from "./find-key.ts";
import { observe } from "./observe.ts";
import { codeAt } from "./one-time-code.ts";
import { type ValidationOptions, validateCode } from "./validate-code.ts";

/** What the path of codes needs of its mount. */
export interface CodePathOptions extends ValidationOptions {
  readonly locks: Locks;
}

/** Makes the path that generates and validates codes. */
export function codePath({ locks, ...options }: CodePathOptions): Path {
  return path("code/:name", {
    summary: "Generate a code, or validate one.",
    description:
      "Reading gives the code of this moment. Writing a code says whether it is valid. A code that was written is " +
      "refused until its time is over, so that nobody can use it again.",
    fields: {
      name: t.nameWithAt({ description: "Name of the key." }),
      code: t.string({ description: "The code to validate." }),
    },
    async read(context) {
      const { fields, storage, system } = context;
      const key = await findKey(storage, fields.name);
      const secret = decodeSecret(key, () => new InternalError("Decoding of secret as base32 failed."));
      const now = options.now();
      observe(context, "code/generate", { key_name: fields.name });
      return { data: { code: codeAt({ ...key, secret }, now), ...codeTimes(key, system.host.kind, now) } };
    },
    async update(context) {
      const { fields, signal } = context;
      const valid = await locks.exclusive(fields.name, () => validateCode(context, options), { signal });
      return { data: { valid } };
    },
  });
}
