import { createHash } from "node:crypto";
import {
  entries,
  list,
  type Path,
  path,
  randomBase62,
  type TokenParameterSet,
  type TokenParameters,
  t,
} from "@vaultwright/core";

interface Badge {
  /** The secret itself is shown once and not kept. */
  readonly secretHash: string;
  /** How the tokens of the badge's logins are made. */
  readonly token: TokenParameters;
}

/** Where the badges are stored. */
export const badges = entries<Badge>("badge/");

/** Hashes a badge's secret. It is long and random, so that nobody can find it by trying, and needs no slow hash. */
export function hashSecret(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** `badges`: the names of the badges. */
export const badgesPath = path("badges", {
  summary: "List the badges.",
  fields: {},
  list: async ({ storage }) => list(await badges.list(storage)),
});

/** `badges/NAME`: one badge. */
export function badgePath(parameters: TokenParameterSet): Path {
  return path("badges/:name", {
    summary: "Make a badge, or change it; either gives it a new secret, which is shown once.",
    fields: parameters.addTo({ name: t.name({ description: "Name of the badge." }) }),

    async read({ fields, storage }) {
      const badge = await badges.get(storage, fields.name);
      return badge && { data: parameters.toData(badge.token) };
    },

    async update({ fields: { name, ...token }, storage }) {
      const before = await badges.get(storage, name);
      const secret = randomBase62(32);
      const badge = { secretHash: hashSecret(secret), token: parameters.parse(token, before?.token) };
      await badges.put(storage, name, badge);
      return { data: { secret } };
    },

    delete: ({ fields, storage }) => badges.delete(storage, fields.name),
  });
}
