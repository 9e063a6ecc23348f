import { GRPCControllerDefinition } from "../gen/plugin/controller.ts";
import { implement } from "./service.ts";
import type { Service } from "./transport/transport.ts";

/** Lets the host end the process; the answer may still leave before `shutdown` is called. */
export function createController(shutdown: () => void): Service {
  return implement(GRPCControllerDefinition, {
    async shutdown() {
      setTimeout(shutdown, replyMs);
      return {};
    },
  });
}

/** Long enough for the answer to get to the host, short beside the two seconds after which the host kills. */
const replyMs = 20;
