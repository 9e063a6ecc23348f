import {
  createMessage,
  decryptKey,
  type PrivateKey,
  type PublicKey,
  readKey,
  readPrivateKey,
  readSignature,
  sign,
  verify,
} from "openpgp";

/** The variables that the key for releases comes from. */
export const keyVariables = {
  /** The private key, ASCII-armoured. */
  key: "RELEASE_SIGNING_KEY",
  /** What unlocks it, where it is locked. */
  passphrase: "RELEASE_SIGNING_PASSPHRASE",
  /** The public key that verifying trusts; unless given, the one of the private key. */
  publicKey: "RELEASE_PUBLIC_KEY",
} as const;

/** Reads the key that releases are signed with; undefined, where there is none. */
export async function readSigningKey(environment = process.env): Promise<PrivateKey | undefined> {
  const armored = environment[keyVariables.key];
  if (armored === undefined || armored === "") return undefined;
  const key = await translated(keyVariables.key, readPrivateKey({ armoredKey: armored }));
  if (key.isDecrypted()) return key;
  const passphrase = environment[keyVariables.passphrase];
  if (passphrase === undefined)
    throw new Error(`the key in ${keyVariables.key} is locked; set ${keyVariables.passphrase}`);
  return await translated(keyVariables.passphrase, decryptKey({ privateKey: key, passphrase }));
}

/** Reads the key that verifying trusts; undefined, where none is named. */
export async function readTrustedKey(environment = process.env): Promise<PublicKey | undefined> {
  const armored = environment[keyVariables.publicKey];
  if (armored === undefined || armored === "") return (await readSigningKey(environment))?.toPublic();
  return await translated(keyVariables.publicKey, readKey({ armoredKey: armored }));
}

/** Signs bytes with a detached signature in OpenPGP's binary form, which `gpg --verify` takes. */
export async function signDetached(bytes: Uint8Array, key: PrivateKey): Promise<Uint8Array> {
  const message = await createMessage({ binary: bytes });
  return await sign({ message, signingKeys: key, detached: true, format: "binary" });
}

/** Throws unless a detached signature of bytes was made with a key; gives the key's fingerprint. */
export async function verifyDetached(bytes: Uint8Array, signature: Uint8Array, key: PublicKey): Promise<string> {
  const { signatures } = await verify({
    message: await createMessage({ binary: bytes }),
    signature: await readSignature({ binarySignature: signature }),
    verificationKeys: key,
    expectSigned: true,
  });
  await Promise.all(signatures.map(({ verified }) => verified));
  return key.getFingerprint().toUpperCase();
}

/** Names the variable that was wrong. The library's errors never contain the key. */
async function translated<T>(variable: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    throw new Error(`${variable} cannot be used`, { cause: error });
  }
}
