import { LogicalError } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { generatePassword, parsePasswordPolicy } from "./password-policy.ts";

/** The password policies of the server, by name. */
export interface PasswordPolicies {
  list(): string[];
  /** The document of a policy. */
  read(name: string): string | undefined;
  write(name: string, document: string): void;
  delete(name: string): void;
  /** Makes a password by a policy; throws where there is no such policy. */
  generate(name: string): string;
}

/** Opens the password policies of a store. */
export function openPasswordPolicies(store: Store): PasswordPolicies {
  const documents = openRecords<{ readonly document: string }>(store, "password-policies");
  return {
    list: () => documents.keys().sort(),
    read: (name) => documents.get(name)?.document,
    write(name, document) {
      parsePasswordPolicy(document);
      documents.set(name, { document });
    },
    delete: documents.delete,
    generate(name) {
      if (name === "") throw new LogicalError("unknown", "missing password policy name");
      const document = documents.get(name)?.document;
      if (document === undefined) throw new LogicalError("unknown", "no password policy found");
      return generatePassword(parsePasswordPolicy(document));
    },
  };
}
