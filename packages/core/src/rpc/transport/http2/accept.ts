import type { Accept } from "../../../http2/connection.ts";
import { fieldValue } from "../../../http2/header-rules.ts";
import type { HeaderField } from "../../../http2/hpack/decoder.ts";
import { errorCodes } from "../../../http2/protocol.ts";
import type { Stream, StreamListener } from "../../../http2/stream.ts";
import { RpcError } from "../../status.ts";
import type { MethodHandler, Service } from "../transport.ts";
import { IncomingCall } from "./server-call.ts";
import { IncomingStreamingCall } from "./streaming-call.ts";
import { IncomingUnaryCall } from "./unary-call.ts";

/** Makes what takes the calls of services. */
export function acceptCalls(services: readonly Service[]): Accept {
  const methods = new Map(services.flatMap((service) => [...service]));
  return (stream, fields, end) => {
    if (fields === "too-large") return refuse(stream, "431");
    if (fieldValue(fields, ":method") !== "POST") return refuse(stream, "405");
    if (!isGrpc(fieldValue(fields, "content-type"))) return refuse(stream, "415");
    const path = fieldValue(fields, ":path") ?? "";
    const call = callOf(stream, fields, methods.get(path), path);
    if (end) call.headers(fields, end);
    return call;
  };
}

function callOf(
  stream: Stream,
  fields: readonly HeaderField[],
  method: MethodHandler | undefined,
  path: string,
): IncomingCall {
  switch (method?.kind) {
    case "unary":
      return new IncomingUnaryCall(stream, fields, method);
    case "stream":
      return new IncomingStreamingCall(stream, fields, method);
    case undefined: {
      const unknown = new UnknownCall(stream, fields);
      unknown.fail(new RpcError("unimplemented", `unknown method ${path}`));
      return unknown;
    }
  }
}

/** A call that is answered before its message comes. */
class UnknownCall extends IncomingCall {
  protected message(): void {}
  protected complete(): void {}
}

function isGrpc(contentType: string | undefined): boolean {
  return contentType !== undefined && /^application\/grpc(?:$|[+;])/.test(contentType);
}

/** Answers a request that is no call of gRPC by a status of HTTP. */
function refuse(stream: Stream, status: string): StreamListener {
  stream.sendHeaders([[":status", status]], true);
  if (!stream.isClosed) stream.reset(errorCodes.noError);
  return { headers() {}, data() {}, aborted() {} };
}
