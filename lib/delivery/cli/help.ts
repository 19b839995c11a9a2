const groups = [
  {
    title: "To try it",
    commands: [["demo [--reset]", "a sample shop on a database of its own; --reset begins it anew"]],
  },
  {
    title: "To run it",
    commands: [
      ["start", "the web, the gateway and the worker together"],
      ["web · gateway · worker", "one of them alone"],
      ["migrate", "bring the database up to date and end"],
      ["build", "build the web pages and end"],
      ["restored", "after a backup was put back: forget again whom it brought back"],
    ],
  },
  {
    title: "To ask a running gateway (HANDSHAKE_GATEWAY and HANDSHAKE_API_KEY say which, and as whom)",
    commands: [
      ["cleanse --use KEY < in.csv > out.csv", "keep only the rows of people who permit the use"],
      ["decide --use KEY PERSON …", "may this be done for these people, and why"],
      ["import --use KEY --version N --source WHERE < consents.csv", "take in earlier consents"],
      ["forget PERSON --yes", "forget a person for good"],
    ],
  },
  {
    title: "To work on it",
    commands: [
      ["dev", "everything, and pages made anew when a file changes"],
      ["diff NAME", "begin a migration from what changed in the schema"],
      ["bench", "measure on this machine"],
    ],
  },
] as const;

/** What can be asked of `handshake`, in words, for a terminal. */
export function helpText(): string {
  const width = Math.max(...groups.flatMap(({ commands }) => commands.map(([command]) => command.length)));
  const parts = groups.map(({ title, commands }) => `${title}\n${commands.map(([command, does]) => `  ${command.padEnd(width)}  ${does}`).join("\n")}`);
  return `Use it as: handshake COMMAND. What there is:\n\n${parts.join("\n\n")}\n\nA command that is not told enough says what it wants. README.md has the variables.`;
}
