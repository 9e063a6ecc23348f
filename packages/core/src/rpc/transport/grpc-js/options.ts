import type { ChannelOptions } from "@grpc/grpc-js";

const noLimit = 2 ** 31 - 1;

/** Settings that server and client share. */
export const commonOptions: ChannelOptions = {
  "grpc.max_receive_message_length": noLimit,
  "grpc.max_send_message_length": noLimit,
  // Channelz keeps a record of every call and connection that it never gives back.
  "grpc.enable_channelz": 0,
  // Otherwise a few large messages at once end the connection with ENHANCE_YOUR_CALM.
  "grpc-node.max_session_memory": Number.MAX_SAFE_INTEGER,
};

/** Settings of a client; its peer is always on the same machine. */
export const clientOptions: ChannelOptions = {
  ...commonOptions,
  "grpc.default_authority": "localhost",
  "grpc.enable_http_proxy": 0,
  "grpc.use_local_subchannel_pool": 1,
  "grpc.service_config_disable_resolution": 1,
  "grpc.client_idle_timeout_ms": noLimit,
  "grpc.initial_reconnect_backoff_ms": 100,
  "grpc.max_reconnect_backoff_ms": 2000,
};
