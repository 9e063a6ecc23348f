import { upgradeMount } from "../conformance/cases/kv-upgrade.ts";
import type { Client } from "../conformance/client.ts";
import { expectStatus } from "../conformance/expect.ts";
import type { Engine } from "./contestants.ts";
import type { LoadGenerator } from "./load.ts";

/** How many secrets are in the folders that are read, written and listed. */
export const secretCount = 100;
/** What the secrets hold. */
export const text: string = "x".repeat(100);
/** What logins send. */
export const sharedSecret = "correct horse battery staple";

/** A new mount, and what fills it. */
export interface NewMount {
  readonly path: string;
  readonly client: Client;
  readonly load: LoadGenerator;
  readonly token: string;
}

/** A kind of mount, of which each contestant has one. */
export interface MountKind {
  readonly engine: Engine;
  /** Makes a mount ready and fills it, through its own paths. */
  prepare(mount: NewMount): Promise<void>;
}

/** The kinds of mounts, by the end of their names. */
export const mountKinds = {
  kv2: {
    engine: "kv",
    async prepare({ path, client, load, token }) {
      await upgradeMount(client, path);
      const fill = { method: "POST", body: JSON.stringify({ data: { text } }), status: 200, token, connections: 4 };
      for (const folder of ["read", "write", "list"])
        await load.run({ ...fill, path: `/v1/${path}/data/${folder}/{k}`, requests: secretCount, first: 0 });
    },
  },
  kv1: {
    engine: "kv",
    async prepare({ path, load, token }) {
      const fill = { method: "POST", body: JSON.stringify({ text }), status: 204, token, connections: 4 };
      for (const folder of ["read", "write"])
        await load.run({ ...fill, path: `/v1/${path}/${folder}/{k}`, requests: secretCount, first: 0 });
    },
  },
  totp: {
    engine: "totp",
    async prepare({ path, load, token }) {
      // As many keys as there are secrets, since different users have different ones; and eight digits, so that wrong codes do not
      // run out.
      const body = JSON.stringify({ key: "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", digits: 8 });
      const fill = { method: "POST", body, status: 204, token, connections: 4, requests: secretCount, first: 0 };
      await load.run({ ...fill, path: `/v1/${path}/keys/{k}` });
    },
  },
  login: {
    engine: "login",
    async prepare({ path, client }) {
      // An hour, so that no token ends while others are measured.
      const body = { shared_secret: sharedSecret, shared_policies: "default", shared_ttl: 3600, shared_max_ttl: 3600 };
      expectStatus(await client.write(`${path}/config`, body), 204);
    },
  },
} as const satisfies Readonly<Record<string, MountKind>>;

/** A kind of mount by its name. */
export type MountKindName = keyof typeof mountKinds;
