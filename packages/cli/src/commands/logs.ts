import type { Command } from 'commander';
import type { SlipwayEvent } from 'slipway/server';
import { type Cli, connect } from '../cli.ts';
import { follow } from '../follow.ts';
import { parseCount } from '../numbers.ts';
import type { Act } from '../program.ts';

const MOST_AT_ONCE = 100;

export function addLogs(program: Command, act: Act): void {
  const logs = program
    .command('logs')
    .description('what happened in the project, oldest first; needs a key of scope admin')
    .option('-f, --follow', 'go on with what happens from now on (with --json one line each)')
    .option('-n, --limit <number>', 'how many at first', parseCount, 20)
    .option('--type <type...>', 'only these types, such as file.rejected');
  act(logs, async (cli, _args, options) => {
    const { slipway } = await connect(cli);
    const types = options['type'] as string[] | undefined;
    const isWanted = ({ type }: SlipwayEvent) => types === undefined || types.includes(type);
    const limit = Math.min(MOST_AT_ONCE, options['limit'] as number);
    const page = await slipway.events.list({ limit }, { signal: cli.signal });
    const data = page.data.filter(isWanted);
    if (options['follow'] !== true) {
      const show = () => data.map((event) => lineOf(cli, event)).join('\n');
      cli.out.result({ data, nextCursor: page.nextCursor }, show);
      return;
    }
    const print = (event: SlipwayEvent) => cli.out.line(event, () => lineOf(cli, event));
    for (const event of data) print(event);
    await follow({ cli, slipway, after: page.nextCursor }, async ({ data: more }) => {
      for (const event of more.filter(isWanted)) print(event);
    });
  });
}

const COLOURS = {
  'file.ready': 'green',
  'file.rejected': 'red',
  'file.failed': 'red',
  'file.expired': 'yellow',
} as const;

export function lineOf({ out }: Cli, { type, timestamp, data, id }: SlipwayEvent): string {
  const colour = COLOURS[type as keyof typeof COLOURS] ?? 'cyan';
  const file = (data['file'] ?? {}) as { id?: string; name?: string };
  const reason = (data['reason'] ?? {}) as { code?: string; message?: string };
  const about = [file.id ?? id, file.name, reason.message ?? reason.code].filter(Boolean);
  const time = timestamp.slice(0, 19).replace('T', ' ');
  return `${out.paint('dim', time)}  ${out.paint(colour, type.padEnd(14))}  ${about.join('  ')}`;
}
