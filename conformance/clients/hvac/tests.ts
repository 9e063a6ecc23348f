/** Test files of hvac that the embedded host must pass, below the folder of its integration tests. */
export const includedFiles: readonly string[] = [
  "v1/test_integration.py",
  "v1/test_system_backend.py",
  "api/auth_methods/test_token.py",
  "api/secrets_engines/test_kv_v1.py",
  "api/secrets_engines/test_kv_v2.py",
  "api/system_backend/test_auth.py",
  "api/system_backend/test_health.py",
  "api/system_backend/test_init.py",
  "api/system_backend/test_key.py",
  "api/system_backend/test_leader.py",
  "api/system_backend/test_lease.py",
  "api/system_backend/test_mount.py",
  "api/system_backend/test_policies.py",
  "api/system_backend/test_policy.py",
  "api/system_backend/test_seal.py",
  "api/system_backend/test_wrapping.py",
];

/** Files that are left out, and why. */
export const excludedFiles: readonly (readonly [files: RegExp, reason: string])[] = [
  [/^api\/auth_methods\/(?!test_token)/, "tests of an auth method of Vault's own"],
  [/^v1\/test_approle/, "tests of an auth method of Vault's own"],
  [/^api\/secrets_engines\/(?!test_kv)/, "tests of a secrets engine of Vault's own"],
  [/test_audit/, "a development server has no audit devices"],
  [/test_quota/, "hvac skips all of them with this version of Vault"],
  [/test_(raft|namespace)/, "hvac skips all of them with Vault that is not Enterprise"],
];

/** Tests that the embedded host cannot pass, and why. One that passes after all must leave the list. */
export const expectedFailures: readonly (readonly [tests: RegExp, reason: string])[] = [
  [
    /test_(audit_|create_userpass|userpass_auth|auth_gcp|write_with_response)/,
    "there is no such plugin or device here",
  ],
  [/test_(rekey|get_backed_up_keys|rotate|start_generate_root)/, "there is one unseal key, in plain text in the data"],
  [/test_unseal_multi/, "one key is enough to unseal a development server"],
  [/TestMount::test_secret_backend_manipulation/, "uses Vault's old name of kv, generic"],
  [/::test_policy_manipulation/, "parses the policy with a library that would have to be built first"],
  [/test_illegal_token/, "the library that hvac sends with has other words for the mistake by now"],
];

/** Tests that pass or fail as time has it, and why. */
export const undecided: readonly (readonly [tests: RegExp, reason: string])[] = [
  [
    /TestSystemBackend::test_secret_backend_manipulation/,
    "moves a mount and looks at once, but servers move it after they answered",
  ],
];
