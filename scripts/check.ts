// `npm run check`: one line a step; on failure what the step printed and what repairs it.
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { Listr } from "listr2";
import { type Step, steps } from "./check/steps.ts";
import { root } from "./project.ts";

const failures: string[] = [];
const tasks = steps.map((step) => ({ title: step.title, task: () => runStep(step) }));
const list = new Listr(tasks, { concurrent: 2, exitOnError: false, collectErrors: false, fallbackRenderer: "simple" });
await list.run();
for (const failure of failures) console.error(`\n${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;

async function runStep({ title, command: [program, ...args], repair }: Step): Promise<void> {
  const child = spawn(program, args, {
    cwd: root,
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
    stdio: "pipe",
  });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  const [output, errors, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code === 0) return;
  const hint = repair === undefined ? "" : `\nTo repair: ${repair}`;
  failures.push(`${title}: ${[program, ...args].join(" ")} ended with ${code}\n${output}${errors}${hint}`);
  throw new Error(`${title} failed`);
}
