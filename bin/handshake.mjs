#!/usr/bin/env node
// The door of every command. It must load on any Node, so that an old one gets a sentence and not a syntax error.
const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Handshake needs Node 20.19 or newer, and this is Node ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  import("./boot.mjs").then(
    (boot) => boot.boot(process.argv.slice(2)),
    (error) => {
      console.error(error.code === "ERR_MODULE_NOT_FOUND" ? "The packages of Handshake are not installed; run npm ci first." : error);
      process.exitCode = 1;
    },
  );
}
