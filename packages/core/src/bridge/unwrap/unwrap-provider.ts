import type { ClientTls } from "../../rpc/tls.ts";

/**
 * Gets this process's certificate from the host's API, with the token that hosts before AutoMTLS give it in its
 * environment; nothing where there is none.
 */
export async function unwrapProvider(): Promise<ClientTls | undefined> {
  const { BAO_UNWRAP_TOKEN, VAULT_UNWRAP_TOKEN } = process.env;
  const token = BAO_UNWRAP_TOKEN ?? VAULT_UNWRAP_TOKEN;
  if (!token) return undefined;
  // Only old hosts need it, and a start must not wait for modules that it does not use.
  const { unwrapTls } = await import("./unwrap-tls.ts");
  return unwrapTls(token, { args: process.argv.slice(2), variables: process.env });
}
