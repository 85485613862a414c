import { parseArgs } from 'node:util';
import { Refusal, reasonOf } from '../scripts/stack/refusal.ts';

export const PARTS = [
  'upload-url',
  'put',
  'tus',
  'complete',
  'image',
  'files',
  'first-view',
  'feel',
  'size',
] as const;
export type Part = (typeof PARTS)[number];

export interface Options {
  readonly parts: readonly Part[];
  /** Length of each run of the load tool. */
  readonly seconds: number;
  /** Runs of each figure; the table shows the middle one. */
  readonly runs: number;
}

export function readOptions(args: readonly string[]): Options {
  const { only, seconds, runs } = parse(args);
  const parts = only === undefined ? PARTS : PARTS.filter((part) => part === only);
  if (parts.length === 0) throw new Refusal(`--only must be ${PARTS.join(' or ')}, not "${only}"`);
  return { parts, seconds: count('--seconds', seconds), runs: count('--runs', runs) };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        only: { type: 'string' },
        seconds: { type: 'string', default: '10' },
        runs: { type: 'string', default: '3' },
      },
    }).values;
  } catch (error) {
    throw new Refusal(reasonOf(error));
  }
}

function count(name: string, text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= 3600) return value;
  throw new Refusal(`${name} must be a whole number from 1 to 3600, not "${text}"`);
}
