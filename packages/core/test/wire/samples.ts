import * as identity from "../../src/gen/logical/identity.ts";
import * as pb from "../../src/gen/pb/backend.ts";
import { full } from "./full.ts";

/** Messages with every field set. */

const certificate = (byte: number) => full(pb.Certificate, { asn1Data: Uint8Array.of(byte, 2) });
const chain = (byte: number) => full(pb.CertificateChain, { certificates: [certificate(byte), certificate(byte + 1)] });

const tlsState: pb.ConnectionState = full(pb.ConnectionState, {
  version: 0x0304,
  handshakeComplete: true,
  didResume: true,
  cipherSuite: 0x1301,
  negotiatedProtocol: "h2",
  negotiatedProtocolIsMutual: true,
  serverName: "vault.example",
  peerCertificates: chain(10),
  verifiedChains: [chain(20), chain(30)],
  signedCertificateTimestamps: [Uint8Array.of(7), Uint8Array.of(8)],
  ocspResponse: Uint8Array.of(9),
  tlsUnique: Uint8Array.of(10),
});

export const connection: pb.Connection = full(pb.Connection, {
  remoteAddr: "192.0.2.1",
  connectionState: tlsState,
  remotePort: 4711,
  proxiedCertificatesRaw: [Uint8Array.of(1)],
  peerCertificatesRaw: [Uint8Array.of(2), Uint8Array.of(3)],
});

export const lease: pb.LeaseOptions = full(pb.LeaseOptions, {
  ttl: 3_600_000_000_000n,
  renewable: true,
  increment: 60_000_000_000n,
  issueTime: { seconds: 1_700_000_000n, nanos: 123_000_000 },
  maxTtl: 400n * 24n * 3_600_000_000_000n,
});

export const secret: pb.Secret = full(pb.Secret, {
  leaseOptions: lease,
  internalData: '{"secret_type":"token"}',
  leaseId: "kv/a/1",
});

export const alias: identity.Alias = full(identity.Alias, {
  mountType: "userpass",
  mountAccessor: "auth_userpass_1",
  name: "ann",
  metadata: new Map([["__proto__", "a"]]),
  id: "alias-1",
  namespaceId: "root",
  customMetadata: new Map([["contact", "b"]]),
  local: true,
  externalId: "external-1",
  issuer: "https://issuer.example",
});

export const auth: pb.Auth = full(pb.Auth, {
  leaseOptions: lease,
  internalData: '{"role":"admin"}',
  displayName: "ann",
  policies: ["p"],
  metadata: new Map([["user", "ann"]]),
  clientToken: "token",
  accessor: "accessor",
  period: 1_500_000_000n,
  numUses: 3n,
  entityId: "entity-1",
  alias,
  groupAliases: [{ ...alias, name: "group" }],
  boundCidrs: ["10.0.0.0/8"],
  tokenPolicies: ["t"],
  identityPolicies: ["i"],
  explicitMaxTtl: 2_000_000_000n,
  tokenType: 2,
  noDefaultPolicy: true,
});

export const requestWrapInfo: pb.RequestWrapInfo = full(pb.RequestWrapInfo, {
  ttl: 60_000_000_000n,
  format: "jwt",
  sealWrap: true,
});

export const responseWrapInfo: pb.ResponseWrapInfo = full(pb.ResponseWrapInfo, {
  ttl: 60_000_000_000n,
  token: "wrapping-token",
  accessor: "wrapping-accessor",
  creationTime: { seconds: 1_700_000_001n, nanos: 0 },
  wrappedAccessor: "wrapped",
  wrappedEntityId: "entity-1",
  format: "jwt",
  creationPath: "secret/a",
  sealWrap: true,
});

const header = full(pb.Header, { header: ["a", "b"] });

export const rotationInfo: pb.RotationInfo = full(pb.RotationInfo, {
  rotationId: "rotation-1",
  nextVaultRotation: 1_800_000_000n,
  lastVaultRotation: 1_700_000_000n,
});

export const request: pb.Request = full(pb.Request, {
  id: "request-1",
  replicationCluster: "cluster",
  operation: "update",
  path: "keys/a",
  data: '{"n":12345678901234567890,"x":{"__proto__":1}}',
  secret,
  auth,
  headers: new Map([["X-Custom", header]]),
  clientToken: "hashed",
  clientTokenAccessor: "accessor",
  displayName: "token-ann",
  mountPoint: "kv/",
  mountType: "kv",
  mountAccessor: "kv_1",
  wrapInfo: requestWrapInfo,
  clientTokenRemainingUses: 4n,
  entityId: "entity-1",
  policyOverride: true,
  unauthenticated: true,
  connection,
  requiresSnapshotId: "snapshot-1",
  recoverSourcePath: "keys/b",
  rotationInfo,
});

export const response: pb.Response = full(pb.Response, {
  secret,
  auth,
  data: '{"keys":["a"]}',
  redirect: "https://example.com/",
  warnings: ["careful"],
  wrapInfo: responseWrapInfo,
  headers: new Map([["X-Custom", header]]),
  mountType: "kv",
});

export const paths: pb.Paths = full(pb.Paths, {
  root: ["r/*"],
  unauthenticated: ["login/+"],
  localStorage: ["l/"],
  sealWrapStorage: ["s/"],
  writeForwardedStorage: ["w/"],
  binary: ["b"],
  limited: ["m"],
  allowSnapshotRead: ["a/*"],
});

export const initializeArgs: pb.InitializeArgs = full(pb.InitializeArgs, {
  mountPoint: "kv/",
  mountType: "kv",
  mountAccessor: "kv_1",
  backendUuid: "uuid",
  mountRunningVersion: "v1.2.3",
});

export const entity: identity.Entity = full(identity.Entity, {
  id: "entity-1",
  name: "ann",
  aliases: [alias],
  metadata: new Map([["team", "a"]]),
  disabled: true,
  namespaceId: "root",
});

export const group: identity.Group = full(identity.Group, {
  id: "group-1",
  name: "admins",
  metadata: new Map([["team", "a"]]),
  namespaceId: "root",
});
