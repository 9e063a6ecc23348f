/** The version of Vault whose behaviour this host has, marked as not being it. */
export const hostVersion = { number: "1.21.4", metadata: "vaultwright", text: "1.21.4+vaultwright" } as const;
