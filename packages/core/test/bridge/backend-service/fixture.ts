import { createMemoryStorage } from "../../../src/testing/memory-storage.ts";
import { createTestSystem } from "../../../src/testing/test-system.ts";
import { requestToWire } from "../../../src/wire/request.ts";
import { hostServices, readRequest } from "../in-memory.ts";

/** What the host serves under which number: twice storage and system view, once nothing. */
export const offers = new Map([
  [1, hostServices({ storage: createMemoryStorage(), system: createTestSystem() })],
  [2, hostServices({ storage: createMemoryStorage(), system: createTestSystem() })],
  [3, hostServices()],
]);

/** A message that reads. */
export const request = { storageId: 0, request: requestToWire(readRequest) };

/** The message of a host that says nothing of the mount. */
export const initializeArgs = {
  mountPoint: "",
  mountType: "",
  mountAccessor: "",
  backendUuid: "",
  mountRunningVersion: "",
};
