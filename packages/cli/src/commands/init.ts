import { mkdir, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { confirm } from '@clack/prompts';
import type { Command } from 'commander';
import { type Cli, connect } from '../cli.ts';
import { CliError, EXIT, usageError } from '../failure.ts';
import { addToEnvFile, isIgnored } from '../init/env-file.ts';
import { findNextApp, type NextApp } from '../init/next-app.ts';
import { filesFor } from '../init/templates.ts';
import type { Act } from '../program.ts';

export function addInit(program: Command, act: Act): void {
  const init = program
    .command('init [folder]')
    .description('add uploads to a Next.js app: a route, a page that uses it, and .env.local')
    .option('-y, --yes', 'do not ask');
  act(init, async (cli, [folder = '.'], options) => {
    const app = await findNextApp(resolve(cli.cwd, folder));
    const { url, apiKey, slipway } = await connect(cli);
    const project = await slipway.project({ signal: cli.signal });
    const { route, page } = filesFor(app);
    const files = [route, page];
    await refuseToReplace(app, files);
    if (options['yes'] !== true) await ask(cli, app, files);
    for (const { path, text } of files) {
      const whole = join(app.root, path);
      await mkdir(dirname(whole), { recursive: true });
      await writeFile(whole, text, { flag: 'wx' });
    }
    const variables = await addToEnvFile(app.root, { url, apiKey });
    const written = files.map(({ path }) => path);
    const next = [...(app.hasSlipway ? [] : [app.install]), 'npm run dev'];
    if (!(await isIgnored(app.root)))
      cli.out.note('Add .env.local to your .gitignore: it holds a secret key.');
    cli.out.note(
      `${cli.out.paint('yellow', 'warning')} Anybody may upload until ${route.path} has .authorize(…) in the place of .public().`,
    );
    cli.out.result(
      { project: { id: project.id, name: project.name }, files: written, variables, next },
      () => summary(cli, { written, variables, next }),
    );
  });
}

/** Before anything is written: an app that has one of the files gets none. */
async function refuseToReplace(app: NextApp, files: readonly { path: string }[]): Promise<void> {
  for (const { path } of files) {
    const found = await stat(join(app.root, path)).catch(() => null);
    if (found !== null)
      throw new CliError(
        'exists',
        `Expected no ${path} yet. Nothing was written; move it away first.`,
        EXIT.refused,
      );
  }
}

async function ask(cli: Cli, app: NextApp, files: readonly { path: string }[]): Promise<void> {
  if (!cli.out.canAsk) throw usageError('Expected --yes: nobody is there to answer.');
  const message = `Write ${files.map(({ path }) => path).join(', ')} and .env.local in ${app.root}?`;
  const answer = await confirm({ message, signal: cli.signal });
  if (answer !== true) throw new DOMException('Interrupted.', 'AbortError');
}

function summary(
  { out }: Cli,
  done: { written: readonly string[]; variables: readonly string[]; next: readonly string[] },
): string {
  const variables =
    done.variables.length === 0 ? 'has both variables already' : done.variables.join(', ');
  return [
    ...done.written.map((path) => `${out.paint('green', '+')} ${path}`),
    `${out.paint('green', '+')} .env.local  ${variables}`,
    '',
    'Next:',
    ...done.next.map((command) => `  ${command}`),
    '  open http://localhost:3000/upload',
  ].join('\n');
}
