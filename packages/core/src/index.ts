export { parseAddress, remoteAddrIsAllowed } from "./framework/addresses.ts";
export type { AnswerData } from "./framework/answer-data.ts";
export { type AuthMetadata, type AuthMetadataDefinition, authMetadata } from "./framework/auth-metadata.ts";
export { type AuthMethodDefinition, authMethod } from "./framework/auth-method.ts";
export { calculateTtl } from "./framework/calculate-ttl.ts";
export { parseCapacity } from "./framework/capacity.ts";
export { checkCidrs, cidrsContain } from "./framework/cidrs.ts";
export type { Context, Handler, RecoverContext, Reply } from "./framework/context.ts";
export { checkCustomMetadata } from "./framework/custom-metadata.ts";
export { DefinitionError } from "./framework/definition-error.ts";
export type { DisplayAttributes } from "./framework/display.ts";
export { type Entries, type EntriesPage, entries } from "./framework/entries.ts";
export { type Entry, entry, type StoredOptions } from "./framework/entry.ts";
export type { Field, FieldOptions, Fields, QueryOf, ValueOf } from "./framework/field.ts";
export {
  type IdentityTemplateOptions,
  isIdentityTemplate,
  populateIdentityTemplate,
} from "./framework/identity-template/identity-template.ts";
export { type IdentityTokenParameters, identityTokenParameters } from "./framework/identity-token-parameters.ts";
export { type Builder, type Kinds, t } from "./framework/kinds.ts";
export type { CurrentLease, Internal, LeaseContext, TokenContext } from "./framework/lease-context.ts";
export { list, pageFields } from "./framework/list.ts";
export { createLocks, type LockOptions, type Locks } from "./framework/locks.ts";
export { matchingKeys } from "./framework/matching-keys.ts";
export { type Change, mergePatch, type Patched } from "./framework/merge-patch.ts";
export type { OperationDocument, RequestExample, ResponseDocument } from "./framework/operation-document.ts";
export type { Params, Patches, Queries, Values } from "./framework/params.ts";
export { type Path, path } from "./framework/path.ts";
export type { Operation, OperationDefinition, PathDefinition } from "./framework/path-definition.ts";
export type { PluginDefinition } from "./framework/plugin.ts";
export { equivalentPolicies, sanitizePolicies } from "./framework/policies.ts";
export { createPriorityQueue, type PriorityQueue, type QueueItem } from "./framework/priority-queue.ts";
export { randomBase62, randomPassword } from "./framework/random.ts";
export { type RawAnswer, rawResponse } from "./framework/raw-response.ts";
export { deprecationText, type Renamed, upgradeValue } from "./framework/renamed-field.ts";
export { hasReplicationState, isWriteSafe, type ReplicationFlag } from "./framework/replication.ts";
export { respondWithStatus, type StatusAnswer } from "./framework/respond-with-status.ts";
export {
  type RotationFieldValues,
  type RotationParameters,
  rotationParameters,
} from "./framework/rotation-parameters.ts";
export { createSalt, loadSalt, type Salt, type SaltOptions } from "./framework/salt.ts";
export {
  type IssuedSecret,
  type SecretAnswers,
  type SecretDefinition,
  type SecretExtension,
  type SecretKind,
  secret,
} from "./framework/secret.ts";
export { type SecretsEngineDefinition, secretsEngine } from "./framework/secrets-engine.ts";
export type { AnySchema, StandardIssue, StandardResult, StandardSchema } from "./framework/standard-schema.ts";
export type { Stored } from "./framework/stored.ts";
export { type NameTemplate, type NameTemplateOptions, nameTemplate } from "./framework/template/name-template.ts";
export type { TemplateValue } from "./framework/template/values.ts";
export {
  type Grant,
  type TokenAnswers,
  type TokenDefinition,
  type TokenExtension,
  type TokenKind,
  token,
} from "./framework/token.ts";
export type { TokenFields } from "./framework/token-fields.ts";
export { type TokenGrant, type TokenParameterSet, tokenParameters } from "./framework/token-parameters.ts";
export type { TokenFieldValues, TokenParameters } from "./framework/token-parse.ts";
export type { WalEntry } from "./framework/wal-record.ts";
export {
  type UndoContext,
  type WalAnswers,
  type WriteAheadLog,
  type WriteAheadLogDefinition,
  writeAheadLog,
} from "./framework/write-ahead-log.ts";
export type { Alias, Auth, TokenType } from "./logical/auth.ts";
export type { Backend, BackendType, Call, Factory, Initialization, Mount } from "./logical/backend.ts";
export {
  BadRequest,
  CodedError,
  type ErrorKind,
  InternalError,
  InvalidRequest,
  LogicalError,
  type LogicalErrorOptions,
  PermissionDenied,
  ReadOnlyStorage,
  StorageError,
  Unrecoverable,
  UnsupportedOperation,
  UnsupportedPath,
  UserError,
} from "./logical/errors.ts";
export type { Event, Events, HostCallOptions } from "./logical/events.ts";
export { type HeaderMap, headerValues } from "./logical/headers.ts";
export { type Data, parseJson, stringifyJson } from "./logical/json.ts";
export type { Lease } from "./logical/lease.ts";
export type { CalculatedTtl, TtlWishes } from "./logical/lifetime.ts";
export type { Log, LogFields, LogLevel } from "./logical/log.ts";
export type { Connection, Request, RequestWrapInfo, RotationInfo, TlsState } from "./logical/request.ts";
export type { Response, ResponseWrapInfo } from "./logical/response.ts";
export type { Secret } from "./logical/secret.ts";
export type { SpecialPaths } from "./logical/special-paths.ts";
export type { Page, Storage, StorageEntry, TransactionOptions } from "./logical/storage.ts";
export { storageView } from "./logical/storage-view.ts";
export type {
  ClusterInfo,
  Entity,
  Group,
  Host,
  HostKind,
  IdentityToken,
  IdentityTokenRequest,
  PluginEnvironment,
  ReplicationState,
  RotationJob,
  RotationStatus,
  SystemView,
} from "./logical/system-view.ts";
export { clearStorage, listPages, type WalkOptions, walk } from "./logical/walk.ts";
export type { ClientTls, KeyPair } from "./rpc/tls.ts";
export type { TlsProvider } from "./rpc/tls-material.ts";
export { type PluginPackage, type ServeOptions, serve } from "./serve.ts";
