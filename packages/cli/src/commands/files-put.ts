import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError } from 'commander';
import { typeOf } from 'slipway/client';
import { type FileMetadata, formatSize } from 'slipway/server';
import { connect } from '../cli.ts';
import { describeFailure, firstExit, usageError } from '../failure.ts';
import { parseCount } from '../numbers.ts';
import type { Act } from '../program.ts';
import { type PutResult, putFile } from '../transfer/put.ts';

const MOST_PARALLEL = 16;

export function addPut(files: Command, act: Act): void {
  const put = files
    .command('put <path...>')
    .description('upload files; the same command goes on where an earlier one was interrupted')
    .option('--name <name>', 'under another name than the file’s own')
    .option('--type <type>', 'the media type; default: what the name suggests')
    .option('--custom-id <id>', 'your own id')
    .option('--replace', 'with --custom-id: become a new version of the file that has it')
    .option('--metadata <name=value...>', 'kept with the file')
    .option('--folder <folder>', 'where people look for it, such as invoices/2026')
    .option('--tag <tag...>', 'to find it by')
    .option('--private', 'read by signed addresses alone, though the project is public')
    .option('--expires-in-days <days>', 'deleted by itself then', parseCount)
    .option('--parallel <number>', 'parts of a large file at once', parseParallel, 4);
  act(put, async (cli, paths, options) => {
    const customId = options['customId'] as string | undefined;
    const given = options['name'] as string | undefined;
    if (paths.length > 1 && (given !== undefined || customId !== undefined))
      throw usageError('Expected one path with --name or --custom-id.');
    const replace = options['replace'] === true ? true : undefined;
    if (replace && customId === undefined) throw usageError('Expected --custom-id with --replace.');
    const metadata = readMetadata(options['metadata'] as string[] | undefined);
    const keeping = {
      folder: options['folder'] as string | undefined,
      tags: options['tag'] as string[] | undefined,
      visibility: options['private'] === true ? ('private' as const) : undefined,
      expiresInDays: options['expiresInDays'] as number | undefined,
    };
    const { slipway, url } = await connect(cli);
    const { id: projectId } = await slipway.project({ signal: cli.signal });
    const done: (PutResult & { path: string })[] = [];
    const failed: { path: string; error: ReturnType<typeof describeFailure> }[] = [];
    for (const path of paths) {
      const name = given ?? basename(path);
      try {
        const result = await putFile({
          slipway,
          way: { env: cli.env, url, projectId, path: resolve(cli.cwd, path), name },
          type: (options['type'] as string | undefined) ?? typeOf({ name, type: '' }),
          customId,
          replace,
          metadata,
          ...keeping,
          parallel: options['parallel'] as number,
          progress: (total) => cli.out.progress(name, total),
          signal: cli.signal,
        });
        done.push({ path, ...result });
      } catch (error) {
        if (cli.signal.aborted) cli.out.note('The same command goes on where this one stopped.');
        cli.signal.throwIfAborted();
        failed.push({ path, error: describeFailure(error) });
      }
    }
    cli.out.result({ data: done.map(({ file, ...rest }) => ({ ...file, ...rest })), failed }, () =>
      done.map((one) => sentence(one)).join('\n'),
    );
    for (const { path, error } of failed) {
      cli.out.note(`${path}: ${error.message}`);
      if (error.docs !== null) cli.out.note(`  ${error.docs}`);
    }
    return firstExit(failed);
  });
}

function sentence({ file, resumedBytes }: PutResult): string {
  const resumed = resumedBytes > 0 ? `, ${formatSize(resumedBytes)} of it earlier` : '';
  return `${file.id}  ${file.name}  ${formatSize(file.size)}${resumed}  ${file.status}`;
}

function readMetadata(pairs: readonly string[] = []): FileMetadata | undefined {
  if (pairs.length === 0) return undefined;
  const entries = pairs.map((pair): [string, string] => {
    const cut = pair.indexOf('=');
    if (cut < 1) throw usageError(`Expected --metadata name=value, received "${pair}".`);
    return [pair.slice(0, cut), pair.slice(cut + 1)];
  });
  return Object.fromEntries(entries);
}

function parseParallel(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1 || count > MOST_PARALLEL)
    throw new InvalidArgumentError(`Expected a whole number from 1 to ${MOST_PARALLEL}.`);
  return count;
}
