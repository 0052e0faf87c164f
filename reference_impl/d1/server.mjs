// `node reference_impl/d1/server.mjs`: the real D1 of workerd behind D1's HTTP query API.
//
// node (miniflare) ──starts──▶ workerd, which listens on PORT and runs worker.mjs
//
// Environment:
//   PORT          the port on 127.0.0.1
//   D1_TOKEN      the bearer token of those who may query
//   NODE_MODULES  the folder `node_modules` that holds miniflare
//   DATA_DIR      optional: where the database is kept, over restarts; else it dies with the process
//
// A variable that is missing or malformed: one line on stderr, exit code 2.

import { spawn } from "node:child_process";
import { subscribe } from "node:diagnostics_channel";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

function refuse(name, expected, seen, mend) {
  process.stderr.write(`${name}: expected ${expected}, seen ${seen}; to mend: ${mend}\n`);
  process.exit(2);
}

function text(name) {
  return process.env[name] || refuse(name, "a value", "nothing", "set it");
}

function port(name) {
  const value = text(name);
  const number = /^[0-9]+$/.test(value) ? Number(value) : 0;
  if (number < 1 || number > 65535) {
    refuse(name, "a port from 1 to 65535", JSON.stringify(value), "choose a free port");
  }
  return number;
}

function nodeModules(name) {
  const folder = resolve(text(name));
  if (!existsSync(join(folder, "miniflare", "package.json"))) {
    refuse(name, "a folder that holds miniflare", folder, "run npm ci and point to node_modules");
  }
  return folder;
}

function log(level, message, fields = {}) {
  const entry = { ts: new Date().toISOString(), level, service: "d1", message, ...fields };
  process.stdout.write(`${JSON.stringify(entry)}\n`);
}

// A SIGKILL of this process runs none of its code, and workerd would live on. So a shell waits for
// the end of a pipe whose other end is ours, and then ends workerd and clears up.
function guard(workerd, temporary) {
  const script = 'read -r _; kill -9 "$1"; rm -rf -- "$2"';
  const shell = spawn("/bin/sh", ["-c", script, "guard", String(workerd.pid), temporary], {
    stdio: ["pipe", "ignore", "ignore"],
  });
  shell.unref();
  return shell;
}

const settings = {
  port: port("PORT"),
  token: text("D1_TOKEN"),
  nodeModules: nodeModules("NODE_MODULES"),
  data: process.env.DATA_DIR ? resolve(process.env.DATA_DIR) : undefined,
};

// Miniflare's own temporary folder becomes one inside ours, so that we know what to clear up.
const temporary = mkdtempSync(join(tmpdir(), "seamwright-d1-"));
process.env.TMPDIR = temporary;

let workerd;
let guardian;
subscribe("child_process", ({ process: child }) => {
  child.once("spawn", () => {
    if (child.spawnfile === "/bin/sh") return;
    workerd = child;
    guardian = guard(child, temporary);
    child.once("exit", () => {
      log("error", "workerd ended");
      process.exit(1);
    });
  });
});

// All at once and without waiting: Miniflare has signal handlers of its own, which would end this
// process before anything that waits. It too ends workerd by SIGKILL; SQLite stands that.
process.on("exit", () => {
  guardian?.kill("SIGKILL");
  workerd?.kill("SIGKILL");
  rmSync(temporary, { recursive: true, force: true });
});
process.on("SIGTERM", () => process.exit(0));
process.on("SIGINT", () => process.exit(0));

const { Miniflare } = createRequire(join(settings.nodeModules, "/"))("miniflare");
try {
  const miniflare = new Miniflare({
    // Miniflare's own server, with its router before the Worker, costs more than the query: it
    // listens where nobody asks, and the Worker has a socket of its own.
    host: "127.0.0.1",
    port: 0,
    unsafeDirectSockets: [{ host: "127.0.0.1", port: settings.port }],
    // The request's `cf` object would be fetched from the network.
    cf: false,
    modules: true,
    script: readFileSync(new URL("worker.mjs", import.meta.url), "utf8"),
    bindings: { TOKEN: settings.token },
    d1Databases: { DB: "d1" },
    d1Persist: settings.data ?? false,
    // workerd writes the Worker's log lines to its stdout, and they are lines already.
    handleRuntimeStdio(stdout, stderr) {
      stdout.pipe(process.stdout);
      stderr.pipe(process.stderr);
    },
  });
  await miniflare.ready;
  log("info", "ready", { port: settings.port });
} catch (problem) {
  log("error", problem.message);
  process.exit(1);
}
