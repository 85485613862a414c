import { type Command, Option } from 'commander';
import { type FileQuery, type FileStatus, formatSize, type SlipwayFile } from 'slipway/server';
import { connect } from '../cli.ts';
import { describeFailure, firstExit } from '../failure.ts';
import { parseCount } from '../numbers.ts';
import { table } from '../output.ts';
import type { Act } from '../program.ts';
import { addGet } from './files-get.ts';
import { addPut } from './files-put.ts';

export function addFiles(program: Command, act: Act): void {
  const files = program.command('files').description('list, upload, download and delete files');
  addList(files, act);
  addPut(files, act);
  addGet(files, act);
  addRemove(files, act);
}

const STATUSES: readonly FileStatus[] = [
  ...(['pending', 'verifying', 'ready'] as const),
  ...(['rejected', 'failed', 'expired', 'deleted'] as const),
];
/** Newest, largest, and by the alphabet. */
const SORTS = ['created', 'size', 'name'] as const;

function addList(files: Command, act: Act): void {
  const list = files
    .command('ls')
    .alias('list')
    .description('files, newest first')
    .option('-q, --query <text>', 'part of the name, or an id')
    .option('--type <type>', 'such as image/png or image/*')
    .addOption(new Option('--status <status>', 'in this state').choices(STATUSES))
    .option('--folder <folder>', 'in it, and below it')
    .option('--tag <tag>', 'with this tag')
    .option('--route <route>', 'that came by this upload route')
    .option('--uploader <uploader>', 'of this uploader')
    .addOption(new Option('--sort <by>', 'in the order of').choices(SORTS))
    .option('-n, --limit <number>', 'how many at most', parseCount, 50);
  act(list, async (cli, _args, options) => {
    const { slipway } = await connect(cli);
    const text = (name: string) => options[name] as string | undefined;
    const sort = options['sort'] as (typeof SORTS)[number] | undefined;
    const query: FileQuery = {
      q: text('query'),
      type: text('type'),
      status: options['status'] as FileStatus | undefined,
      folder: text('folder'),
      tag: text('tag'),
      route: text('route'),
      uploader: text('uploader'),
      ...(sort !== undefined && { sort, direction: sort === 'name' ? 'asc' : 'desc' }),
      limit: Math.min(100, options['limit'] as number),
    };
    const data: SlipwayFile[] = [];
    for await (const file of slipway.files.all(query, { signal: cli.signal })) {
      data.push(file);
      if (data.length === options['limit']) break;
    }
    cli.out.result({ data }, () =>
      data.length === 0
        ? 'No files. Upload one: slipway files put <path>'
        : table([HEAD, ...data.map(rowOf)]),
    );
  });
}

const HEAD = ['ID', 'NAME', 'SIZE', 'TYPE', 'STATUS', 'CREATED'];

const rowOf = ({ id, name, size, type, status, createdAt }: SlipwayFile) => [
  id,
  name,
  formatSize(size),
  type,
  status,
  createdAt.slice(0, 16).replace('T', ' '),
];

function addRemove(files: Command, act: Act): void {
  const remove = files
    .command('rm <id...>')
    .description('delete files; they can be restored for as long as the project’s rules say')
    .option('--permanent', 'erase them at once');
  act(remove, async (cli, ids, options) => {
    const { slipway } = await connect(cli);
    const permanent = options['permanent'] === true;
    const done: SlipwayFile[] = [];
    const failed: { id: string; error: ReturnType<typeof describeFailure> }[] = [];
    for (const id of ids) {
      try {
        done.push(await slipway.files.delete(id, { permanent, signal: cli.signal }));
      } catch (error) {
        cli.signal.throwIfAborted();
        failed.push({ id, error: describeFailure(error) });
      }
    }
    cli.out.result({ data: done, failed }, () => done.map(({ id }) => `${id} deleted`).join('\n'));
    for (const { id, error } of failed) cli.out.note(`${id}: ${error.message}`);
    return firstExit(failed);
  });
}
