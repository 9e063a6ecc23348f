import type { VaultServer } from "./server.ts";

/** Says what runs where, with a few lines to copy. */
export function welcome({ address, token }: VaultServer, isEmbedded: boolean): string {
  const url = address.origin;
  const about = isEmbedded
    ? `
The plugins run in Vaultwright's embedded server. It is for development: plain HTTP, on this machine only.

  Address     ${url}
  Page        ${url}/ui/
  Root token  ${token}

Copy into another terminal:

  export VAULT_ADDR=${url} VAULT_TOKEN=${token}`
    : `
The plugins are loaded into ${url}. Copy, with VAULT_TOKEN set:

  export VAULT_ADDR=${url}`;
  return `${about}
  v() { curl -sS -H "X-Vault-Token: $VAULT_TOKEN" -X "$1" "$VAULT_ADDR/v1/$2" \${3:+-d "$3"}; }

  v POST kv/greeting '{"hello":"world"}'; v GET kv/greeting
  v POST totp/keys/me '{"generate":true,"issuer":"Me","account_name":"me"}'; v GET totp/code/me
  v POST auth/example/users/ada '{"password":"correct horse"}'; v POST auth/example/login/ada '{"password":"correct horse"}'
${isEmbedded ? "\nCtrl-C stops it.\n" : ""}`;
}
