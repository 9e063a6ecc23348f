export {
  type Harness,
  type HarnessOptions,
  harness,
  type LeaseDetails,
  type Login,
  type RequestDetails,
} from "./harness.ts";
export { createMemoryStorage, type MemoryStorage, type MemoryStorageOptions } from "./memory-storage.ts";
export { createRecordedEvents, type RecordedEvents } from "./recorded-events.ts";
export { createRecordedLog, type LogLine } from "./recorded-log.ts";
export { type StorageContractOptions, storageContract } from "./storage-contract.ts";
export { createTestSystem, type SystemSettings, type TestSystem } from "./test-system.ts";
