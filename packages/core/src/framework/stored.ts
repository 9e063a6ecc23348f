import { isListed } from "./listed.ts";

/** Something stored under a key, or under a prefix that ends in a slash. */
export interface Stored {
  readonly key: string;
  readonly sealWrap: boolean;
  readonly local: boolean;
}

/** Refuses to write what is meant to stay in this cluster where no host was told so, since it would be replicated. */
export function checkReplication(stored: Stored): void {
  if (!stored.local || isListed(stored)) return;
  throw new TypeError(`"${stored.key}" is local but not in "stored" of the definition, so it would be replicated`);
}
