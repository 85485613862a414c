import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { formatSize } from 'slipway/server';
import { connect } from '../cli.ts';
import { CliError, EXIT } from '../failure.ts';
import type { Act } from '../program.ts';
import { getFile } from '../transfer/get.ts';

export function addGet(files: Command, act: Act): void {
  const get = files
    .command('get <id> [path]')
    .description('download a file, compared with its digest; an interrupted one goes on')
    .option('-f, --force', 'replace what is at the path');
  act(get, async (cli, [id = '', path], options) => {
    const { slipway } = await connect(cli);
    const file = await slipway.files.get(id, { signal: cli.signal });
    if (file.status !== 'ready')
      throw new CliError(
        'not_ready',
        `Expected a file that is ready; ${id} is ${file.status}.`,
        EXIT.refused,
      );
    const target = await placeOf(resolve(cli.cwd, path ?? '.'), safeName(file.name, id));
    const progress = cli.out.progress(file.name, file.size);
    const { signal } = cli;
    const force = options['force'] === true;
    const result = await getFile({ slipway, file, path: target, force, progress, signal });
    if (result.verified === null)
      cli.out.note('Slipway knows no digest of this file: only its size was compared.');
    cli.out.result({ id, size: file.size, sha256: file.sha256, ...result }, () => {
      const resumed =
        result.resumedBytes > 0 ? `, ${formatSize(result.resumedBytes)} of it earlier` : '';
      return `${result.path}  ${formatSize(file.size)}${resumed}${result.verified ? '  bit for bit' : ''}`;
    });
  });
}

/** Into a folder under the file's own name, or under the name that is given. */
async function placeOf(path: string, name: string): Promise<string> {
  const isFolder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder ? join(path, name) : path;
}

/** A name of somebody else's choice must not leave the folder, nor hide in it. */
function safeName(name: string, id: string): string {
  const safe = name.replace(/[/\\:*?"<>|]/g, '_').replace(/^\.+/, '_');
  return safe === '' ? id : safe;
}
