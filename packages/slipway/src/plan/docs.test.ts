import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PLAN_NAMES, PLANS, type Plan } from './plans.ts';

const page = join(import.meta.dirname, '../../../../apps/slipway/content/docs/plans.md');
const rows = readFileSync(page, 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| '))
  .map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );

const number = (value: number | null | undefined) =>
  value === null || value === undefined ? 'no limit' : value.toLocaleString('en-US');

function bytes(value: number | null): string {
  if (value === null) return 'no limit';
  const units = ['MiB', 'GiB', 'TiB'];
  const at = Math.min(units.length - 1, Math.floor(Math.log2(value) / 10) - 2);
  return `${value / 1024 ** (at + 2)} ${units[at]}`;
}

const LINES: Readonly<Record<string, (plan: Plan) => string>> = {
  Projects: ({ projects }) => number(projects),
  Storage: ({ storageBytes }) => bytes(storageBytes),
  'Uploads in a month': ({ monthlyUploads }) => number(monthlyUploads),
  'Bytes uploaded in a month': ({ monthlyBytes }) => bytes(monthlyBytes),
  'Largest file': ({ fileBytes }) => bytes(fileBytes),
  'Logs are kept': ({ logDays }) => `${logDays} days`,
  'Calls in a minute, project': ({ rates }) => number(rates.project?.calls),
  'Calls in a minute, key': ({ rates }) => number(rates.key?.calls),
};

test('the documentation has the plans as they are', () => {
  expect(rows).toEqual([
    ['', ...PLAN_NAMES.map((name) => PLANS[name].title)],
    ...Object.entries(LINES).map(([title, cellOf]) => [
      `**${title}**`,
      ...PLAN_NAMES.map((name) => cellOf(PLANS[name])),
    ]),
  ]);
  const rates = PLAN_NAMES.flatMap((name) => Object.values(PLANS[name].rates));
  for (const rate of rates) expect(rate?.seconds ?? 60).toBe(60);
});
