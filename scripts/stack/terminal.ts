/** What the person who started it sees. */
export interface Terminal {
  say(line: string): void;
  complain(line: string): void;
}

export function openTerminal(): Terminal {
  // The reader may go away first (npm start | head); that is no reason to crash.
  process.stdout.on('error', () => undefined);
  process.stderr.on('error', () => undefined);
  return {
    say: (line) => void process.stdout.write(`${line}\n`),
    complain: (line) => void process.stderr.write(`${line}\n`),
  };
}
