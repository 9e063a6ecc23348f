/** Something that Bun's executable contains and that other people have written. */
export interface BunPart {
  readonly name: string;
  readonly url: string;
  /** An SPDX expression. */
  readonly licence: string;
  /** The only system whose executable has it. */
  readonly os?: "windows";
}

/**
 * What Bun 1.4.5 links statically, by its own account in LICENSE.md. A new version of Bun needs a look at that file.
 */
export const bunParts: readonly BunPart[] = [
  {
    name: "WebKit (JavaScriptCore)",
    url: "https://github.com/oven-sh/WebKit",
    licence: "LGPL-2.0-or-later AND BSD-2-Clause",
  },
  {
    name: "BoringSSL",
    url: "https://boringssl.googlesource.com/boringssl/",
    licence: "Apache-2.0 AND ISC AND OpenSSL",
  },
  { name: "brotli", url: "https://github.com/google/brotli", licence: "MIT" },
  { name: "libarchive", url: "https://github.com/libarchive/libarchive", licence: "BSD-2-Clause" },
  { name: "lol-html", url: "https://github.com/cloudflare/lol-html", licence: "BSD-3-Clause" },
  { name: "ls-hpack", url: "https://github.com/litespeedtech/ls-hpack", licence: "MIT" },
  { name: "ls-qpack", url: "https://github.com/litespeedtech/ls-qpack", licence: "MIT" },
  { name: "lsquic", url: "https://github.com/litespeedtech/lsquic", licence: "MIT AND BSD-3-Clause" },
  { name: "mimalloc", url: "https://github.com/microsoft/mimalloc", licence: "MIT" },
  { name: "picohttpparser", url: "https://github.com/h2o/picohttpparser", licence: "MIT" },
  { name: "zstd", url: "https://github.com/facebook/zstd", licence: "BSD-3-Clause" },
  { name: "simdutf", url: "https://github.com/simdutf/simdutf", licence: "Apache-2.0" },
  { name: "tinycc", url: "https://github.com/tinycc/tinycc", licence: "LGPL-2.1-or-later" },
  { name: "uSockets", url: "https://github.com/uNetworking/uSockets", licence: "Apache-2.0" },
  { name: "uWebSockets", url: "https://github.com/jarred-sumner/uwebsockets", licence: "Apache-2.0" },
  { name: "zlib-ng", url: "https://github.com/zlib-ng/zlib-ng", licence: "Zlib" },
  { name: "c-ares", url: "https://github.com/c-ares/c-ares", licence: "MIT" },
  { name: "ICU", url: "https://github.com/unicode-org/icu", licence: "Unicode-3.0" },
  { name: "base64", url: "https://github.com/aklomp/base64", licence: "BSD-2-Clause" },
  { name: "libuv", url: "https://github.com/libuv/libuv", licence: "MIT", os: "windows" },
  { name: "libdeflate", url: "https://github.com/ebiggers/libdeflate", licence: "MIT" },
  {
    name: "libjpeg-turbo",
    url: "https://github.com/libjpeg-turbo/libjpeg-turbo",
    licence: "BSD-3-Clause AND IJG AND Zlib",
  },
  { name: "libspng", url: "https://github.com/randy408/libspng", licence: "BSD-2-Clause" },
  { name: "libwebp", url: "https://github.com/webmproject/libwebp", licence: "BSD-3-Clause" },
  { name: "highway", url: "https://github.com/google/highway", licence: "Apache-2.0" },
  { name: "uucode", url: "https://github.com/jacobsandlund/uucode", licence: "MIT" },
  { name: "tigerbeetle (input and output)", url: "https://github.com/tigerbeetle/tigerbeetle", licence: "Apache-2.0" },
  { name: "LLVM libc++abi", url: "https://github.com/llvm/llvm-project", licence: "Apache-2.0 WITH LLVM-exception" },
  { name: "esbuild (ported)", url: "https://github.com/evanw/esbuild", licence: "MIT" },
  ...[
    "acorn",
    "acorn-walk",
    "assert",
    "browserify-zlib",
    "buffer",
    "constants-browserify",
    "crypto-browserify",
    "domain-browser",
    "events",
    "https-browserify",
    "os-browserify",
    "path-browserify",
    "process",
    "punycode",
    "querystring-es3",
    "stream-browserify",
    "stream-http",
    "string_decoder",
    "timers-browserify",
    "tty-browserify",
    "url",
    "util",
    "vm-browserify",
  ].map((name) => ({ name, url: `https://npmjs.com/package/${name}`, licence: "MIT" })),
];

/** The version whose parts these are. */
export const bunPartsVersion = "1.4.5";

/** How somebody exercises the right that the LGPL gives over JavaScriptCore and tinycc. */
export const relinkNote =
  "Bun links JavaScriptCore and TinyCC statically, under the LGPL. Their sources and Bun's are at " +
  "https://github.com/oven-sh/WebKit, https://github.com/tinycc/tinycc and https://github.com/oven-sh/bun (tag " +
  `bun-v${bunPartsVersion}). To run a plugin with changed ones, build Bun from them as its CONTRIBUTING.md says, and compile the plugin's ` +
  "sources, which are free, into that Bun: bun build --compile --compile-executable-path=YOUR-BUN.";
