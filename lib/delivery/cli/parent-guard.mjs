// Loaded first in every child (node --import). When whoever started it is gone, however suddenly, the channel between
// them closes: then the child ends too, kindly at first.
if (process.connected) {
  process.once("disconnect", () => {
    setTimeout(() => process.exit(1), 4_000).unref();
    process.kill(process.pid, "SIGTERM");
  });
  // Listening must not keep alive a child that has finished.
  process.channel?.unref();
}
