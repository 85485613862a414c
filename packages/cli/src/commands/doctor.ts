import type { Command } from 'commander';
import { connect } from '../cli.ts';
import { type Check, type CheckResult, runChecks } from '../doctor/checks.ts';
import { EXIT } from '../failure.ts';
import type { Act } from '../program.ts';

export function addDoctor(program: Command, act: Act): void {
  const doctor = program
    .command('doctor')
    .description('check address, key, clock, CORS, a real upload, and your app’s callback')
    .option('--callback <address>', 'the upload route of your app, as the internet reaches it')
    .option('--origin <origin>', 'the page that uploads', 'http://localhost:3000');
  act(doctor, async (cli, _args, options) => {
    const connected = await connect(cli);
    const { out } = cli;
    const checks = await runChecks({
      ...connected,
      origin: String(options['origin']),
      callback: options['callback'] as string | undefined,
      signal: cli.signal,
    });
    const isFine = checks.every(({ result }) => result !== 'fail');
    const width = Math.max(...checks.map(({ name }) => name.length));
    const line = ({ name, result, message }: Check) =>
      `${out.paint(COLOURS[result], SIGNS[result])} ${name.padEnd(width)}  ${message}`;
    out.result({ ok: isFine, checks }, () => checks.map(line).join('\n'));
    return isFine ? EXIT.ok : EXIT.failure;
  });
}

const SIGNS: Record<CheckResult, string> = { ok: '✓', warn: '!', fail: '✗', skipped: '-' };
const COLOURS = { ok: 'green', warn: 'yellow', fail: 'red', skipped: 'dim' } as const;
