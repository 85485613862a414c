import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CreateKey, KeyScope, NewSlipwayKey, SlipwayKey } from 'slipway/server';
import { type Cli, connect } from '../cli.ts';
import { table } from '../output.ts';
import type { Act } from '../program.ts';

const SCOPES = ['upload', 'read', 'delete', 'admin'] as const;
const OVERLAPS = { '0': 0, '1': 1, '24': 24, '168': 168 } as const;

export function addKeys(program: Command, act: Act): void {
  const keys = program.command('keys').description('the project’s keys, with a key of scope admin');
  act(keys.command('list').alias('ls').description('the keys, newest first'), async (cli) => {
    const { slipway } = await connect(cli);
    const { data } = await slipway.keys.list({ signal: cli.signal });
    cli.out.result({ data }, () => table([HEAD, ...data.map(rowOf)]));
  });
  const create = keys
    .command('create <name>')
    .description('make a key; it is printed once')
    .addOption(
      new Option('--scope <scopes...>', 'what it may do').choices(SCOPES).makeOptionMandatory(),
    )
    .option('--test', 'a key sk_test_…')
    .option('--expires <time>', 'when it ends, such as 2027-01-31', parseTime);
  act(create, async (cli, [name = ''], options) => {
    const { slipway } = await connect(cli);
    const input: CreateKey = {
      name,
      scopes: options['scope'] as KeyScope[],
      environment: options['test'] === true ? 'test' : 'live',
      expiresAt: options['expires'] as Date | undefined,
    };
    show(cli, await slipway.keys.create(input, { signal: cli.signal }));
  });
  const roll = keys
    .command('roll <id>')
    .description('replace a key; the old one works on for a while')
    .addOption(
      new Option('--overlap <hours>', 'how long').choices(Object.keys(OVERLAPS)).default('24'),
    );
  act(roll, async (cli, [id = ''], options) => {
    const { slipway } = await connect(cli);
    const overlapHours = OVERLAPS[options['overlap'] as keyof typeof OVERLAPS];
    show(cli, await slipway.keys.roll(id, { overlapHours }, { signal: cli.signal }));
  });
  act(keys.command('revoke <id>').description('end a key, at once'), async (cli, [id = '']) => {
    const { slipway } = await connect(cli);
    await slipway.keys.revoke(id, { signal: cli.signal });
    cli.out.result({ id, revoked: true }, () => `${id} opens nothing any more.`);
  });
}

const HEAD = ['ID', 'NAME', 'KEY', 'SCOPES', 'LAST USED', 'EXPIRES'];

const rowOf = (key: SlipwayKey) => [
  key.id,
  key.name,
  `${key.prefix}…${key.last4}`,
  key.scopes.join(','),
  key.lastUsedAt?.slice(0, 16).replace('T', ' ') ?? 'never',
  key.expiresAt?.slice(0, 16).replace('T', ' ') ?? '',
];

function show({ out }: Cli, key: NewSlipwayKey): void {
  out.note('This key is shown once. Keep it where only your servers can read it.');
  out.result(key, () => key.key);
}

function parseTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new InvalidArgumentError('Expected a time such as 2027-01-31 or 2027-01-31T12:00Z.');
  return time;
}
