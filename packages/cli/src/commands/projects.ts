import type { Command } from 'commander';
import { createSlipway } from 'slipway/server';
import { type Cli, connect, profileName } from '../cli.ts';
import { describeFailure } from '../failure.ts';
import { table } from '../output.ts';
import { listProfiles, readProfile } from '../profiles.ts';
import type { Act } from '../program.ts';

interface Row {
  readonly profile: string | null;
  readonly current: boolean;
  readonly url: string;
  readonly id: string | null;
  readonly name: string | null;
  readonly problem: string | null;
}

export function addProjects(program: Command, act: Act): void {
  const projects = program
    .command('projects')
    .description('the projects that your stored keys open: each key opens one');
  act(projects, async (cli) => {
    const names = await listProfiles(cli.env);
    const rows = await Promise.all(names.map((name) => describe(cli, name)));
    const isFromEnv = !cli.options.profile && cli.env['SLIPWAY_API_KEY'];
    if (isFromEnv || rows.length === 0) rows.unshift(await current(cli));
    cli.out.result({ data: rows }, () =>
      table([
        ['', 'PROFILE', 'PROJECT', 'ID', 'ADDRESS'],
        ...rows.map((row) => [
          row.current ? '*' : '',
          row.profile ?? '(environment)',
          row.name ?? row.problem ?? '',
          row.id ?? '',
          row.url,
        ]),
      ]),
    );
  });
}

async function current(cli: Cli): Promise<Row> {
  const { url, slipway } = await connect(cli);
  const { id, name } = await slipway.project({ signal: cli.signal });
  return { profile: null, current: true, url, id, name, problem: null };
}

async function describe(cli: Cli, name: string): Promise<Row> {
  const isCurrent =
    profileName(cli) === name && (cli.options.profile !== undefined || !cli.env['SLIPWAY_API_KEY']);
  const base = { profile: name, current: isCurrent };
  try {
    const profile = await readProfile(cli.env, name);
    const { url = '', apiKey } = profile ?? {};
    const project = await createSlipway({ url, apiKey, retries: 0, timeout: 10_000 }).project();
    return { ...base, url, id: project.id, name: project.name, problem: null };
  } catch (error) {
    const url = (await readProfile(cli.env, name).catch(() => null))?.url ?? '';
    return { ...base, url, id: null, name: null, problem: describeFailure(error).message };
  }
}
