import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { formatSize, type SlipwayProject } from 'slipway/server';
import { type Cli, type Connected, checkedUrl, connect } from '../cli.ts';
import { EXIT, type ExitCode } from '../failure.ts';
import { readCredentials } from '../migrate/credentials.ts';
import { openJournal, type Route, readDone } from '../migrate/journal.ts';
import { type RunResult, runMigration } from '../migrate/run.ts';
import { createSource, type Source } from '../migrate/source.ts';
import { stateFolder } from '../profiles.ts';
import type { Act } from '../program.ts';

const UPLOADTHING_API = 'https://api.uploadthing.com';
const MOST_PARALLEL = 32;

export function addMigrate(program: Command, act: Act): void {
  const migrate = program.command('migrate').description('bring files here from elsewhere');
  const uploadthing = migrate
    .command('uploadthing')
    .description('copy all files of an UploadThing app, each under the key that it has there')
    .option('--dry-run', 'only say what would be copied')
    .option('--parallel <number>', 'files at once', parseParallel, 4)
    .option('--state <path>', 'where it is written down what was copied')
    .option('--api-url <address>', 'of an API that speaks like UploadThing’s', UPLOADTHING_API)
    .addHelpText(
      'after',
      '\nSet UPLOADTHING_TOKEN (or UPLOADTHING_SECRET) to what your app has there; the key of Slipway needs the scope admin.\nThe same command goes on where an earlier one stopped, and copies again what failed.',
    );
  act(uploadthing, async (cli, _args, options) => {
    const apiUrl = checkedApi(String(options['apiUrl']));
    const credentials = readCredentials(cli.env, apiUrl !== UPLOADTHING_API);
    const connected = await connect(cli);
    const project = await connected.slipway.project({ signal: cli.signal });
    // Of a plain secret only its digest is ever written down.
    const name = credentials.appId ?? digest(credentials.secret).slice(0, 12);
    const route: Route = { source: name, url: connected.url, projectId: project.id };
    const given = options['state'] as string | undefined;
    const state = given === undefined ? defaultState(cli, route) : resolve(cli.cwd, given);
    const source = createSource({ ...credentials, apiUrl });
    const way: Way = { source, route, state, project };
    if (options['dryRun'] === true) return dryRun(cli, way);
    return copy(cli, connected, { ...way, parallel: options['parallel'] as number });
  });
}

interface Way {
  readonly source: Source;
  readonly route: Route;
  readonly state: string;
  readonly project: SlipwayProject;
}

async function dryRun(cli: Cli, { source, route, state, project }: Way): Promise<undefined> {
  const done = await readDone(state, route);
  const listed = await source.list(cli.signal);
  const todo = listed.filter(({ key, status }) => status === 'Uploaded' && !done.has(key));
  const tooLarge = todo.filter(({ size }) => size > project.rules.maxSize);
  const bytes = todo.reduce((sum, { size }) => sum + size, 0);
  const document = {
    dryRun: true,
    source: route.source,
    project: { id: project.id, name: project.name },
    listed: listed.length,
    toCopy: todo.length,
    bytes,
    done: done.size,
    skipped: listed.filter(({ status }) => status !== 'Uploaded').length,
    tooLarge: tooLarge.map(({ key, name, size }) => ({ key, name, size })),
    state,
  };
  cli.out.result(document, () =>
    [
      `${todo.length} of ${listed.length} files (${formatSize(bytes)}) would be copied to ${project.name}; ${done.size} are there.`,
      ...tooLarge.map(
        ({ name, size }) =>
          `! ${name}: ${formatSize(size)}, but the project takes ${formatSize(project.rules.maxSize)}`,
      ),
    ].join('\n'),
  );
}

async function copy(
  cli: Cli,
  { slipway, url }: Connected,
  { source, route, state, project, parallel }: Way & { parallel: number },
): Promise<ExitCode> {
  const { out } = cli;
  const folder = `${state}.files`;
  const journal = await openJournal(state, route);
  const seen = { files: 0, of: 0, bytes: 0 };
  const progress = out.progress(
    () => `${seen.files}/${seen.of} files`,
    () => seen.bytes,
  );
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const result = await runMigration({
      ...{ source, slipway, url, projectId: route.projectId, folder, journal, parallel },
      ...{ env: cli.env, signal: cli.signal, onBytes: (bytes) => progress.advance(bytes) },
      onListed(todo) {
        seen.of += todo.length;
        seen.bytes += todo.reduce((sum, { size }) => sum + size, 0);
      },
      onCopied() {
        seen.files += 1;
      },
      onFailed({ key, name, message }) {
        seen.files += 1;
        progress.end();
        out.note(`${out.paint('red', '✗')} ${name} (${key}): ${message}`);
      },
    });
    // What came of files that failed is of use to the next run.
    if (result.failed.length === 0) await rm(folder, { recursive: true, force: true });
    progress.end();
    report(cli, { result, project, state });
    return result.failed.length === 0 ? EXIT.ok : EXIT.failure;
  } catch (error) {
    progress.end();
    out.note('The same command goes on where this one stopped.');
    throw error;
  } finally {
    await journal.close();
  }
}

function report(
  { out }: Cli,
  { result, project, state }: { result: RunResult; project: SlipwayProject; state: string },
): void {
  const { copied, failed, listed, skipped, doneBefore } = result;
  const bytes = copied.reduce((sum, { size }) => sum + size, 0);
  const isPrivate = copied.filter(({ acl }) => acl === 'private').length;
  const counts = {
    listed,
    copied: copied.length,
    bytes,
    private: isPrivate,
    doneBefore,
    failed: failed.length,
    skipped,
  };
  const about = { id: project.id, name: project.name };
  out.result({ project: about, ...counts, failures: failed, state }, () => {
    const left = Object.entries(skipped).map(([status, count]) => `${count} ${status}`);
    return [
      `${out.paint('green', '✓')} ${copied.length} files copied to ${project.name} (${formatSize(bytes)}), each compared by size and SHA-256; ${isPrivate} of them private`,
      ...(doneBefore > 0 ? [`  ${doneBefore} were there from earlier runs`] : []),
      ...(left.length > 0 ? [`  left out, as UploadThing has them: ${left.join(', ')}`] : []),
      ...(failed.length > 0
        ? [
            `${out.paint('red', '✗')} ${failed.length} failed; the same command tries them again:`,
            ...failed.map(({ key, name, code }) => `  ${key}  ${name}  ${code}`),
          ]
        : []),
      `  written down in ${state}`,
    ].join('\n');
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest('hex');

const defaultState = ({ env }: Cli, route: Route) =>
  join(
    stateFolder(env),
    'migrate',
    `uploadthing-${digest(JSON.stringify(route)).slice(0, 16)}.jsonl`,
  );

/** Unlike Slipway's own, such an address may end in a path. */
function checkedApi(text: string): string {
  checkedUrl(text);
  return text.replace(/\/+$/, '');
}

function parseParallel(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_PARALLEL)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_PARALLEL}.`);
  return count;
}
