/** By this variable a host of secrets engines and auth methods shows itself; Vault and OpenBao have the same. */
export const pluginCookie = {
  name: "VAULT_BACKEND_PLUGIN",
  value: "6669da05-b1c8-4f49-97d9-c8e5bed98e20",
};
