import { type HostKind, UserError } from "@vaultwright/core/launch";
import { openRecords } from "../storage/records.ts";
import type { Store } from "../storage/store.ts";
import { type Acl, createAcl, rootAcl } from "./acl.ts";
import { defaultPolicy, wrappingPolicy } from "./built-in.ts";
import { filledTemplate, speaksOfTime, type TemplateIdentity } from "./path-template.ts";
import { type PathRule, parsePolicy } from "./policy.ts";

/** The policies of the server, by name. Names have no upper case. */
export interface PolicyStore {
  list(): string[];
  /** The document of a policy; the one of `root` is empty. */
  read(name: string): string | undefined;
  write(name: string, document: string): void;
  delete(name: string): void;
  /** Puts the policies of these names together for a caller; unknown names allow nothing. */
  acl(names: readonly string[], caller: TemplateIdentity): Acl;
}

/** The policy of tokens that may only open what they wrap. */
export const wrappingPolicyName = "response-wrapping";

const mostReady = 1_000;

const hidden = new Set([wrappingPolicyName, "control-group"]);

/** Opens the policies of a store; `default` is made when it is missing. */
export function openPolicyStore(store: Store, kind: HostKind): PolicyStore {
  const documents = openRecords<{ readonly document: string }>(store, "policies");
  const parsed = new Map<string, readonly PathRule[]>();
  // Requests come with the same few tokens again and again; entities and groups are other objects when they have changed.
  const ready = new Map<string, Pick<TemplateIdentity, "entity" | "groups"> & { readonly acl: Acl }>();
  if (documents.get("default") === undefined) documents.set("default", { document: defaultPolicy });

  const documentOf = (name: string): string | undefined => {
    if (name === "root") return "";
    if (name === wrappingPolicyName) return wrappingPolicy;
    return documents.get(name)?.document;
  };
  const rulesOf = (name: string): readonly PathRule[] => {
    const cached = parsed.get(name);
    if (cached !== undefined) return cached;
    const document = documentOf(name);
    const rules = document === undefined ? [] : parsePolicy(document, kind);
    parsed.set(name, rules);
    return rules;
  };
  return {
    list: () => [...documents.keys().sort(), "root"],
    read: (name) => documentOf(name.toLowerCase()),
    write(givenName, document) {
      const name = givenName.toLowerCase();
      if (name === "root") throw new UserError(`cannot update "root" policy`);
      if (hidden.has(name)) throw new UserError(`cannot update ${JSON.stringify(name)} policy`);
      const rules = parsePolicy(document, kind);
      documents.set(name, { document });
      parsed.set(name, rules);
      ready.clear();
    },
    delete(givenName) {
      const name = givenName.toLowerCase();
      if (name === "root" || name === "default" || hidden.has(name))
        throw new UserError(
          name === "default" ? "cannot delete default policy" : `cannot delete ${JSON.stringify(name)} policy`,
        );
      documents.delete(name);
      parsed.delete(name);
      ready.clear();
    },
    acl(names, caller) {
      if (names.includes("root")) return rootAcl;
      const key = JSON.stringify([caller.entity?.id, ...names]);
      const known = ready.get(key);
      if (known !== undefined && known.entity === caller.entity && known.groups === caller.groups) return known.acl;
      // Tokens have names in lower case, but entities and groups as they were given.
      const rules = names.flatMap((name) => rulesOf(name.toLowerCase()));
      const acl = createAcl(rules.flatMap((rule) => filledRule(rule, caller, kind)));
      if (ready.size >= mostReady) ready.clear();
      if (!rules.some(({ path }) => speaksOfTime(path))) ready.set(key, { ...caller, acl });
      return acl;
    },
  };
}

/** Hosts leave out a path of a template that has no value for the caller, or one that no policy may have. */
function filledRule(rule: PathRule, caller: TemplateIdentity, kind: HostKind): PathRule[] {
  if (!rule.isTemplate) return [rule];
  const path = filledTemplate(rule.path, caller, kind)?.replace(/^\//, "");
  return path === undefined || path.includes("+*") ? [] : [{ ...rule, path }];
}
