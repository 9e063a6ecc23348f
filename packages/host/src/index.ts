export type { Cancel, Clock } from "./clock.ts";
export type { HostFaults } from "./faults.ts";
export { type HostOptions, type RunningHost, startHost } from "./host.ts";
export { createConsoleLog, type LogStream } from "./log.ts";
export type { CatalogueEntry } from "./plugins/catalogue.ts";
export type { PluginLauncher } from "./plugins/launcher.ts";
export type { NodeRole } from "./standby.ts";
export type { StorageCall, StorageFault } from "./storage/faulty-storage.ts";
