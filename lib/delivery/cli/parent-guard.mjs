// Loaded first in every child (node --import). When whoever started it is gone, however suddenly, the channel between
// them closes: then the child ends too, kindly at first. Node hands this file on to the children of the child; those
// have another parent, and a channel that is none of our business.
if (process.connected && String(process.ppid) === process.env.HANDSHAKE_PARENT) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), 4_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep alive a child that has finished.
  process.channel?.unref();
}
