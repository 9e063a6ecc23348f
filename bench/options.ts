import { parseArgs } from "node:util";
import { binaryDirectory } from "../scripts/project.ts";

/** What a run measures, and how long. */
export interface Options {
  readonly isQuick: boolean;
  readonly measuresGrowth: boolean;
  readonly ours: Build;
  /** Whether ours are compiled first. */
  readonly compiles: boolean;
  /** Another build of our plugins, measured in the same rounds. */
  readonly beside?: Build;
  /** Only the operations whose name this matches. Nothing is written then, since a part must not replace the whole. */
  readonly only?: RegExp;
  /** What was typed, for the report. */
  readonly command: string;
}

/** A build of our plugins. */
export interface Build {
  /** The folder of the binaries. */
  readonly folder: string;
  /** Environment that the server starts them with, each `NAME=VALUE`. */
  readonly env: readonly string[];
}

/** What `--help` prints. */
export const usage = `usage: npm run bench -- [options]

  --quick                  shorter and fewer rounds: the main table in some five minutes
  --growth                 the curves instead of the table: connections, mounts, keys, sizes; some forty minutes
  --only PATTERN           only operations whose name matches, for instance kv2-read; prints, and writes nothing
  --binaries FOLDER        measure the plugins of this folder instead of compiling them
  --env NAME=VALUE         start our plugins with this variable; may be repeated
  --beside FOLDER          measure another build of our plugins in the same rounds
  --beside-env NAME=VALUE  start that build with this variable; may be repeated; without --beside it is the same build
`;

/** Reads the command line; what is wrong with it is thrown. */
export function parseOptions(args: readonly string[]): Options | "help" {
  const { values } = parseArgs({
    args: [...args],
    options: {
      help: { type: "boolean", default: false },
      quick: { type: "boolean", default: false },
      growth: { type: "boolean", default: false },
      only: { type: "string" },
      binaries: { type: "string" },
      env: { type: "string", multiple: true, default: [] },
      beside: { type: "string" },
      "beside-env": { type: "string", multiple: true, default: [] },
    },
  });
  if (values.help) return "help";
  const folder = values.binaries ?? binaryDirectory;
  const isBeside = values.beside !== undefined || values["beside-env"].length > 0;
  return {
    isQuick: values.quick,
    measuresGrowth: values.growth,
    compiles: values.binaries === undefined,
    ours: { folder, env: values.env.map(checkVariable) },
    ...(isBeside && {
      beside: { folder: values.beside ?? folder, env: values["beside-env"].map(checkVariable) },
    }),
    ...(values.only !== undefined && { only: new RegExp(values.only) }),
    command: ["npm run bench", ...(args.length > 0 ? ["--", ...args] : [])].join(" "),
  };
}

function checkVariable(text: string): string {
  if (!/^[A-Za-z_]\w*=/.test(text)) throw new Error(`--env ${text}: must be NAME=VALUE`);
  return text;
}
