import { stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Refusal, reasonOf } from '../../scripts/stack/refusal.ts';
import { describeMachine, loadAverage } from '../machine/describe.ts';
import { table } from '../report.ts';
import type { Figure, Judge } from './judge.ts';
import { JUDGES } from './judges.ts';
import { measureListing } from './speed/listing.ts';
import { measureSpeed } from './speed/speed.ts';

const USAGE = `npm run bench:engine -- [--data <folder of photo sets>] [--only <name>] [--runs <n>] [--scenes <n>]
Names: speed, listing, ${JUDGES.map(({ name }) => name).join(', ')}. Without --data (or PHOTO_DATA) only
speed and listing are measured, on pictures that are drawn for it. bench/README.md says where the sets come from.`;

interface Options {
  readonly data: string | null;
  readonly only: string | null;
  readonly runs: number;
  readonly scenes: number;
}

/** Measures, prints tables, and returns the exit code: 1 when a figure misses its target. */
export async function benchEngine(args: readonly string[]): Promise<number> {
  try {
    const options = readOptions(args);
    const wanted = (name: string): boolean => options.only === null || options.only === name;
    console.log(`${await describeMachine(tmpdir())}\nload average ${loadAverage()} before\n`);
    if (wanted('speed')) console.log(`${await measureSpeed(options.data, options.runs)}\n`);
    if (wanted('listing')) console.log(`${await measureListing(options.data, options.scenes)}\n`);
    const figures: Figure[] = [];
    for (const judge of JUDGES)
      if (wanted(judge.name)) figures.push(...(await measured(judge, options.data)));
    if (figures.length > 0) console.log(`${figuresTable(figures)}\n`);
    console.log(`load average ${loadAverage()} after`);
    return figures.every(isMet) ? 0 : 1;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    console.error(`${error.message}\n${USAGE}`);
    return 2;
  }
}

async function measured(judge: Judge, data: string | null): Promise<readonly Figure[]> {
  const missing = data === null ? judge.needs : await missingOf(judge.needs, data);
  if (data === null || missing.length > 0) {
    console.log(`${judge.name}: not measured, without ${missing.join(', ')}`);
    return [];
  }
  return await judge.measure(data);
}

async function missingOf(folders: readonly string[], data: string): Promise<readonly string[]> {
  const found = await Promise.all(
    folders.map((folder) =>
      stat(join(data, folder)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return folders.filter((_, index) => !found[index]);
}

function figuresTable(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => [
    figure.what,
    `${shown(figure.value)} ${figure.unit}`.trim(),
    'atMost' in figure.target ? `≤ ${figure.target.atMost}` : `≥ ${figure.target.atLeast}`,
    isMet(figure) ? 'yes' : 'NO',
    Object.entries(figure.peers ?? {})
      .map(([name, value]) => `${name} ${shown(value)}`)
      .join(', '),
    figure.note ?? '',
  ]);
  return table(['figure', 'ours', 'target', 'met', 'peers', 'note'], rows);
}

function shown(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}

function isMet({ value, target }: Figure): boolean {
  return 'atMost' in target ? value <= target.atMost : value >= target.atLeast;
}

function readOptions(args: readonly string[]): Options {
  const { data, only, runs, scenes } = parse(args);
  const names = ['speed', 'listing', ...JUDGES.map(({ name }) => name)];
  if (only !== undefined && !names.includes(only))
    throw new Refusal(`--only must be one of ${names.join(', ')}, not "${only}"`);
  return {
    data: data ?? process.env['PHOTO_DATA'] ?? null,
    only: only ?? null,
    runs: count('--runs', runs),
    scenes: count('--scenes', scenes),
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        data: { type: 'string' },
        only: { type: 'string' },
        runs: { type: 'string', default: '3' },
        scenes: { type: 'string', default: '40' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(reasonOf(error));
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 1000) return value;
  throw new Refusal(`${name} must be a whole number from 1 to 1000, not "${text}"`);
}
