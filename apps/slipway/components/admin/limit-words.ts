import { formatBytes, formatNumber } from '@repo/ui/format';
import type { InstallationOrganizationDetail } from '../../lib/trpc.ts';

type Detail = InstallationOrganizationDetail;
export type Plan = Detail['plans'][number];
export type OwnLimits = NonNullable<Detail['limits']>;

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;

/** A limit as it is asked for: a whole or broken number of its unit. */
export interface LimitField {
  id: string;
  label: string;
  unit: string;
  /** What is stored for one unit. */
  factor: number;
  /** False where there is always a limit. */
  mayBeNone: boolean;
  ofPlan: (plan: Plan) => number | null;
  /** Undefined where the plan's holds. */
  own: (limits: OwnLimits) => number | null | undefined;
  format: (amount: number) => string;
}

const perMinute = (rate: { calls: number; seconds: number } | null | undefined) =>
  rate == null ? rate : Math.round((rate.calls * 60) / rate.seconds);

const amount = (
  id: 'projects' | 'storageBytes' | 'monthlyUploads' | 'monthlyBytes' | 'fileBytes',
  field: Pick<LimitField, 'label' | 'unit' | 'factor' | 'format'>,
): LimitField => ({
  id,
  ...field,
  mayBeNone: true,
  ofPlan: (plan) => plan[id],
  own: (limits) => limits[id],
});

export const LIMIT_FIELDS: readonly LimitField[] = [
  amount('projects', { label: 'Projects', unit: '', factor: 1, format: formatNumber }),
  amount('storageBytes', { label: 'Storage', unit: 'GB', factor: GIB, format: formatBytes }),
  amount('monthlyUploads', {
    label: 'Uploads a month',
    unit: '',
    factor: 1,
    format: formatNumber,
  }),
  amount('monthlyBytes', {
    label: 'Bytes uploaded a month',
    unit: 'GB',
    factor: GIB,
    format: formatBytes,
  }),
  amount('fileBytes', { label: 'Largest file', unit: 'MB', factor: MIB, format: formatBytes }),
  {
    id: 'logDays',
    label: 'Logs are kept for',
    unit: 'days',
    factor: 1,
    mayBeNone: false,
    ofPlan: (plan) => plan.logDays,
    own: (limits) => limits.logDays,
    format: (days) => `${formatNumber(days)} days`,
  },
  {
    id: 'projectRate',
    label: 'Calls of a project',
    unit: 'a minute',
    factor: 1,
    mayBeNone: true,
    ofPlan: ({ rates }) => perMinute(rates.project) ?? null,
    own: ({ rates }) => perMinute(rates?.project),
    format: (calls) => `${formatNumber(calls)} a minute`,
  },
  {
    id: 'keyRate',
    label: 'Calls of a key',
    unit: 'a minute',
    factor: 1,
    mayBeNone: true,
    ofPlan: ({ rates }) => perMinute(rates.key) ?? null,
    own: ({ rates }) => perMinute(rates?.key),
    format: (calls) => `${formatNumber(calls)} a minute`,
  },
];

/** What holds in place of the plan's, as the form has it. */
export type Choice = { mode: 'plan' | 'none' | 'own'; text: string };
export type Choices = Readonly<Record<string, Choice>>;

export function choicesOf(limits: OwnLimits | null): Choices {
  return Object.fromEntries(
    LIMIT_FIELDS.map(({ id, own, factor }) => {
      const value = limits === null ? undefined : own(limits);
      if (value === undefined) return [id, { mode: 'plan', text: '' }];
      if (value === null) return [id, { mode: 'none', text: '' }];
      return [id, { mode: 'own', text: String(value / factor) }];
    }),
  );
}

/** What is wrong with a choice; undefined when nothing is. */
export function problemOf({ mode, text }: Choice, { factor, id }: LimitField): string | undefined {
  if (mode !== 'own') return undefined;
  const value = storedOf(text, factor);
  const least = id === 'logDays' || id.endsWith('Rate') ? 1 : 0;
  if (Number.isNaN(value) || text.trim() === '') return 'Expected a number.';
  if (value < least) return `Expected at least ${least}.`;
  if (factor === 1 && !Number.isInteger(Number(text))) return 'Expected a whole number.';
  if (id === 'logDays' && value > 3650) return 'Expected at most 3650.';
  return value > Number.MAX_SAFE_INTEGER ? 'Expected a smaller number.' : undefined;
}

const storedOf = (text: string, factor: number) =>
  Math.round(Number(text.trim().replace(',', '.')) * factor);

export function limitsOf(choices: Choices): OwnLimits {
  const said = (id: string): number | null | undefined => {
    const choice = choices[id];
    const factor = LIMIT_FIELDS.find((field) => field.id === id)?.factor ?? 1;
    if (choice === undefined || choice.mode === 'plan') return undefined;
    return choice.mode === 'none' ? null : storedOf(choice.text, factor);
  };
  const limits: OwnLimits = {};
  for (const id of [
    'projects',
    'storageBytes',
    'monthlyUploads',
    'monthlyBytes',
    'fileBytes',
  ] as const) {
    const value = said(id);
    if (value !== undefined) limits[id] = value;
  }
  const days = said('logDays');
  if (days != null) limits.logDays = days;
  const rates: NonNullable<OwnLimits['rates']> = {};
  for (const each of ['project', 'key'] as const) {
    const calls = said(`${each}Rate`);
    if (calls !== undefined) rates[each] = calls === null ? null : { calls, seconds: 60 };
  }
  return Object.keys(rates).length === 0 ? limits : { ...limits, rates };
}
