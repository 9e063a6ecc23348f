/** Where the embedded host and Vault 1.21.4 differ on purpose, or where it is not worth being the same. */
export interface KnownDifference {
  /** Matches the requests, as `METHOD path body headers`. */
  readonly requests: RegExp;
  /** Matches the members of the answer that may differ; any where it is absent. */
  readonly members?: RegExp;
  readonly reason: string;
}

/** Each must be found, or it has to leave the list. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    requests:
      / sys\/(audit|config|experiments|ha-status|host-info|in-flight-req|key-status|license|locked-users|namespaces|pprof|rotate|step-down|version-history)\b/,
    reason: "one node for development, which has no audit devices and nothing to configure",
  },
  {
    requests: / sys\/(generate-root|rekey|replication)\b/,
    reason: "one unseal key, which is never exchanged, and one node",
  },
  { requests: / sys\/internal\/counters\//, reason: "usage is not counted" },
  { requests: / sys\/plugins\/runtimes\//, reason: "plugins are not run in containers" },
  { requests: /^LIST sys\/health$/, reason: "a list of what is none" },
  { requests: /^POST sys\/unseal /, members: /^body\.errors/, reason: "keys are not made of shares" },
  {
    requests: / sys\/(policies\/(rgp|egp)|plugins\/reload\/backend\/status)/,
    reason: "what only Enterprise has is unknown here",
  },
  {
    requests: / sys\/(health|seal-status)/,
    members: /^body\.(version|cluster_name|storage_type|build_date)$/,
    reason: "the server says what it is",
  },
  {
    requests: / sys\/policies\/acl\/(default|response-wrapping)$/,
    members: /^body\.data\.policy$/,
    reason: "the built-in policies are in words of our own",
  },
  {
    requests: / sys\/internal\/ui\/(resultant-acl|mounts) as limited/,
    members: /^body\.data\.(exact_paths\.sys\/control-group\/request|glob_paths\.identity\/oidc|secret\.identity\/)/,
    reason: "the default policy grants nothing that there is not",
  },
  {
    requests: / (\/|\/v1|\/v2\/sys\/health|\/sys\/health|\/robots\.txt|sys)$/,
    reason: "nothing of the API is there, and the page is at /ui/",
  },
  {
    requests: / \S*(\/\/|\/\.|\?redirect=)/,
    members: /^(headers\.content-type|body)$/,
    reason: "redirects carry no page for browsers",
  },
  {
    requests: / sys%2Fmounts$/,
    reason: "the path is decoded before it is looked at, so members are beside the envelope here, too",
  },
  {
    requests: / sys\/policies\/acl\/%(00)?$/,
    reason: "bytes that no path has are refused by another part of the server",
  },
  {
    requests: /^TRACE|^PROPFIND|^list |^OPTIONS /,
    members: /^body/,
    reason: "methods that nobody has are refused without words",
  },
  { requests: /\?(.*&)?help=1/, members: /^body\.(help|openapi)/, reason: "help is in words of our own" },
  {
    requests: /^POST cubbyhole\/body nonsense$/,
    members: /^body\.errors/,
    reason: "the parser's words would quote the body, which may hold a secret",
  },
  {
    requests:
      / (sys\/policies\/acl\/bad|auth\/token\/create|sys\/mounts\/none|sys\/leases\/renew) \{"(policy|ttl|policies|num_uses|type|lease_id)":/,
    members: /^body\.errors\.0$/,
    reason: "says in its own words what of a value or a policy is wrong",
  },
  {
    requests: / sys\/leases\/(renew|revoke|revoke-prefix\/below)\S* .*("<refused>"|"<stuck>"|"sync":true)/,
    members: /^body\.errors\.0$/,
    reason: "says what the plugin said, and not how the server prints an answer that there is not",
  },
  { requests: /"X-Vault-Policy-Override":"maybe"/, reason: "a header of Enterprise, which is not read" },
  {
    requests: / sys\/plugins\/catalog\/(nonsense|unknown)\//,
    reason: "a type that there is not is refused by name, also in the deprecated form of the path",
  },
  {
    requests: / sys\/plugins\/catalog\/secret\/new \{"sha256":"00","command":"missing"\}/,
    members: /^body\.errors/,
    reason: "does not tell where the folder is",
  },
];
