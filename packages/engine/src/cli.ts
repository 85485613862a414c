import { realpath, stat } from 'node:fs/promises';
import { basename, dirname, extname, resolve } from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { type GivenOptions, readOptions } from './cli-options.ts';
import { unwritable } from './disk-errors.ts';
import {
  EngineError,
  type EnhanceOptions,
  type EnhanceRequest,
  type OutputFormat,
  PRESET_NAMES,
  type PreviewTarget,
  type Progress,
  runEngineChild,
} from './index.ts';
import { checkChoice } from './options/checks.ts';
import { UsageError } from './usage-error.ts';
import { writeWhole } from './write-file.ts';

const USAGE = `Usage: npm run enhance -- <exposure> [<exposure>...] -o <result> [options]

Makes one finished photo from 1 to 9 exposures of the same view.

  -o, --output <file>    where the result goes: .jpg, .webp or .png (required)
  -p, --preset <name>    ${PRESET_NAMES.join(', ')} (default natural)
      --max-width <px>   reduce the result to this width
      --quality <1-100>  of the result (default 92)
      --options <file>   JSON file with engine options; the flags above win. Also a recipe, or
                         what --report wrote: the photo is made again as it was
      --first-look <file>  also write a small preview (1024 px, .jpg), before the full-size work
      --threads <n>      threads to use (default one for each core); the result is the same
      --report <file>    write what was done and measured, as JSON
  -q, --quiet            no progress
  -h, --help             this text

Exit codes: 0 done, 1 a photo was refused or the work failed, 2 wrong usage.`;

const FORMATS: Readonly<Record<string, OutputFormat>> = {
  '.jpg': 'jpeg',
  '.jpeg': 'jpeg',
  '.webp': 'webp',
  '.png': 'png',
};

process.exitCode = await main(process.argv.slice(2));

async function main(args: string[]): Promise<number> {
  try {
    const { values, positionals } = parse(args);
    if (values.help) console.log(USAGE);
    else await run(positionals, values);
    return 0;
  } catch (error) {
    if (error instanceof UsageError) {
      console.error(`${error.message}\n\n${USAGE}`);
      return 2;
    }
    console.error(error instanceof EngineError ? `${error.message} (${error.code})` : error);
    return error instanceof EngineError && error.code === 'invalid_options' ? 2 : 1;
  }
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        output: { type: 'string', short: 'o' },
        preset: { type: 'string', short: 'p' },
        'max-width': { type: 'string' },
        quality: { type: 'string' },
        options: { type: 'string' },
        'first-look': { type: 'string' },
        threads: { type: 'string' },
        report: { type: 'string' },
        quiet: { type: 'boolean', short: 'q' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

type Flags = ReturnType<typeof parse>['values'];

async function run(paths: readonly string[], flags: Flags): Promise<void> {
  if (paths.length === 0) throw new UsageError('No photo was given.');
  if (flags.output === undefined) throw new UsageError('Say where the result should go with -o.');
  const frames = paths.map((path) => ({ name: basename(path), path: resolve(path) }));
  const given: GivenOptions =
    flags.options === undefined
      ? { options: {}, isRecipe: false, notes: [] }
      : await readOptions(
          flags.options,
          frames.map(({ name }) => name),
        );
  const options = optionsFrom(flags, flags.output, given);
  await checkTargets(paths, [flags.output, flags['first-look'], flags.report]);
  const { output, ...rest } = options;
  const request: EnhanceRequest = {
    type: 'enhance',
    frames,
    options: rest,
    outputs: [{ name: 'image', path: resolve(flags.output), ...output }],
    ...(flags['first-look'] === undefined ? {} : { firstLook: firstLookAt(flags['first-look']) }),
    ...(flags.threads === undefined ? {} : { threads: wholeNumber('--threads', flags.threads) }),
  };
  for (const note of given.notes) console.error(`Note: ${note}`);
  const onProgress = flags.quiet ? () => undefined : showProgress;
  // A process of its own, as in a server: its memory is kept low, and a crash is told in words.
  const { outputs, report, recipe } = await runEngineChild(request, {
    timeoutMs: 3_600_000,
    onProgress,
  });
  const [image] = outputs;
  if (flags.report !== undefined) await writeReport(flags.report, { report, recipe });
  if (!flags.quiet && image !== undefined)
    console.error(
      `\r${flags.output}: ${image.width} x ${image.height} px, ${Math.round(image.bytes / 1000)} kB`,
    );
  for (const warning of report.warnings)
    console.error(`Note: ${warning.message} (${warning.code})`);
}

async function writeReport(path: string, told: unknown): Promise<void> {
  try {
    await writeWhole(path, `${JSON.stringify(told, null, '\t')}\n`);
  } catch (cause) {
    throw unwritable({ what: 'The report', path }, cause);
  }
}

/** Originals are never written over, and no result over another. */
async function checkTargets(
  inputs: readonly string[],
  outputs: readonly (string | undefined)[],
): Promise<void> {
  const real = async (path: string): Promise<string> =>
    await realpath(path).catch(() => resolve(path));
  const taken = new Set(await Promise.all(inputs.map(real)));
  for (const output of outputs) {
    if (output === undefined) continue;
    const target = await real(output);
    if (taken.has(target))
      throw new UsageError(`"${output}" is one of the photos, or named twice: it would be lost.`);
    taken.add(target);
    const folder = dirname(resolve(output));
    const isThere = await stat(folder).then(
      (found) => found.isDirectory(),
      () => false,
    );
    if (!isThere) throw new UsageError(`There is no folder "${folder}" to write "${output}" to.`);
  }
}

function wholeNumber(flag: string, value: string): number {
  if (/^\d+$/.test(value)) return Number(value);
  throw new UsageError(`Expected a whole number after ${flag} but received "${value}".`);
}

function firstLookAt(path: string): PreviewTarget {
  return { name: 'first-look', path: resolve(path), maxWidth: 1024, format: 'jpeg', quality: 82 };
}

function optionsFrom(
  flags: Flags,
  output: string,
  { options: base, isRecipe }: GivenOptions,
): EnhanceOptions {
  const format = FORMATS[extname(output).toLowerCase()];
  if (format === undefined)
    throw new UsageError(`The result must end in .jpg, .webp or .png, not "${extname(output)}".`);
  if (isRecipe && flags.preset !== undefined)
    throw new UsageError(
      'A recipe has every number of its look spelled out, so that --preset would change none of them. Give one or the other.',
    );
  return {
    ...base,
    ...(flags.preset === undefined
      ? {}
      : { preset: checkChoice('--preset', flags.preset, PRESET_NAMES) }),
    output: {
      ...base.output,
      format,
      ...(flags.quality === undefined ? {} : { quality: wholeNumber('--quality', flags.quality) }),
      ...(flags['max-width'] === undefined
        ? {}
        : { maxWidth: wholeNumber('--max-width', flags['max-width']) }),
    },
  };
}

function showProgress({ step, overall }: Progress): void {
  if (process.stderr.isTTY)
    process.stderr.write(`\r${String(Math.round(overall * 100)).padStart(3)} % ${step.padEnd(14)}`);
}
