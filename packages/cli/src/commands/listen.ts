import { randomBytes } from 'node:crypto';
import { type Command, Option } from 'commander';
import type { SlipwayEvent } from 'slipway/server';
import { type Cli, connect } from '../cli.ts';
import { usageError } from '../failure.ts';
import { follow } from '../follow.ts';
import { rememberCursor, storedCursor } from '../listen/cursor.ts';
import { deliver } from '../listen/deliver.ts';
import type { Act } from '../program.ts';

export function addListen(program: Command, act: Act): void {
  const listen = program
    .command('listen')
    .description('forward the project’s events to your machine, signed as webhooks are')
    .requiredOption('--forward-to <address>', 'such as http://localhost:3000/api/webhooks')
    .option('--type <type...>', 'only these types, such as file.ready')
    .option('--continue', 'begin after the last event that was forwarded to this address')
    .addOption(
      new Option('--secret <secret>', 'sign with this one (whsec_…)').env('SLIPWAY_LISTEN_SECRET'),
    );
  act(listen, async (cli, _args, options) => {
    const to = forwardAddress(String(options['forwardTo']));
    const secret = checkedSecret(options['secret'] as string | undefined);
    const types = options['type'] as string[] | undefined;
    const { slipway, url } = await connect(cli);
    const { id: projectId } = await slipway.project({ signal: cli.signal });
    const way = { env: cli.env, url, projectId, to };
    const stored = options['continue'] === true ? await storedCursor(way) : null;
    const after =
      stored ?? (await slipway.events.list({ limit: 1 }, { signal: cli.signal })).nextCursor;
    cli.out.line(
      { type: 'listening', to, secret },
      () => `Listening; events go to ${to}\nSigned with ${secret}`,
    );
    await follow({ cli, slipway, after }, async (page) => {
      for (const event of page.data) {
        if (types === undefined || types.includes(event.type))
          await forward(cli, { event, to, secret });
      }
      await rememberCursor(way, page.nextCursor);
    });
  });
}

async function forward(
  cli: Cli,
  message: { event: SlipwayEvent; to: string; secret: string },
): Promise<void> {
  const { out, signal } = cli;
  const { event } = message;
  await deliver(message, {
    signal,
    onTry: ({ status, problem, ms, isLast }) =>
      out.line({ id: event.id, type: event.type, status, problem, ms, isLast }, () => {
        const isFine = status !== null && status < 300 && problem === null;
        const answer = out.paint(isFine ? 'green' : 'red', `[${status ?? 'no answer'}]`);
        const more = problem === null ? '' : `  ${problem}`;
        return `${answer} ${event.type}  ${event.id}  ${ms} ms${more}`;
      }),
  });
}

function forwardAddress(text: string): string {
  const address = /^\d+$/.test(text) ? `http://localhost:${text}` : text;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address))
    throw usageError(
      `Expected an address such as http://localhost:3000/hooks, received "${text}".`,
    );
  return address;
}

function checkedSecret(given: string | undefined): string {
  if (given === undefined) return `whsec_${randomBytes(32).toString('base64')}`;
  if (!/^whsec_[A-Za-z0-9+/]{32,}={0,2}$/.test(given))
    throw usageError('Expected a secret such as whsec_ and at least 24 bytes as base64.');
  return given;
}
