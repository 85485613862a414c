import { formatBytes } from '@repo/ui/format';
import { z } from 'zod';
import {
  KEEPING_FIELDS,
  type KeepingRules,
  toKeepingForm,
  toKeepingRules,
} from './keeping-schema.ts';

export const sizeUnits = ['bytes', 'KB', 'MB', 'GB', 'TB'] as const;
export type SizeUnit = (typeof sizeUnits)[number];

export const factors: Record<SizeUnit, number> = {
  bytes: 1,
  KB: 1024,
  MB: 1024 ** 2,
  GB: 1024 ** 3,
  TB: 1024 ** 4,
};
const largestObject = 5 * 1024 ** 4;

/** A type, a kind of types, or the end of a name. */
export const typePattern =
  /^((\.[0-9a-z]{1,10}){1,3}|[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*))$/;

/** Of what an upload may be, for a project and for a route. */
export const SIZE_FIELDS = {
  allowedTypes: z
    .array(
      z
        .string()
        .regex(
          typePattern,
          'Expected a type such as image/png or image/*, or an extension such as .pdf.',
        ),
    )
    .max(50, 'Expected at most 50 types.'),
  minSize: z.string().trim(),
  minUnit: z.enum(sizeUnits),
  size: z.string().trim(),
  unit: z.enum(sizeUnits),
};

/** The rules as a form holds them: a size is a number and a unit, "no limit" is an empty field. */
export const RulesForm = z
  .object({
    ...SIZE_FIELDS,
    maxFiles: z
      .string()
      .trim()
      .regex(/^([1-9]\d{0,8})?$/, 'Expected a whole number from 1, or nothing for no limit.'),
    totalSize: z.string().trim(),
    totalUnit: z.enum(sizeUnits),
    uploaderFiles: z
      .string()
      .trim()
      .regex(/^([1-9]\d{0,8})?$/, 'Expected a whole number from 1, or nothing for no limit.'),
    uploaderSize: z.string().trim(),
    uploaderUnit: z.enum(sizeUnits),
    scan: z.enum(['required', 'when_available', 'off']),
    visibility: z.enum(['public', 'private']),
    ...KEEPING_FIELDS,
  })
  .superRefine((form, context) => {
    const issues = sizeIssues(form);
    if (form.size === '') issues.push(['size', 'Expected a number, such as 25 or 1.5.']);
    for (const [field, message] of issues)
      context.addIssue({ code: 'custom', path: [field], message });
    for (const [size, unit] of [
      ['totalSize', 'totalUnit'],
      ['uploaderSize', 'uploaderUnit'],
    ] as const) {
      if (form[size] === '') continue;
      const message = sizeProblem(bytesOf(form[size], form[unit]), Number.MAX_SAFE_INTEGER);
      if (message) context.addIssue({ code: 'custom', path: [size], message });
    }
  });
export type RulesForm = z.infer<typeof RulesForm>;

type Rules = KeepingRules & {
  minSize: number;
  allowedTypes: string[];
  maxSize: number;
  maxFiles: number | null;
  maxTotalSize: number | null;
  maxFilesPerUploader: number | null;
  maxBytesPerUploader: number | null;
  scan: 'required' | 'when_available' | 'off';
  visibility: 'public' | 'private';
};

/** NaN for what is no number. */
export function bytesOf(size: string, unit: SizeUnit): number {
  if (size === '') return Number.NaN;
  return Math.round(Number(size.replace(',', '.')) * factors[unit]);
}

function sizeProblem(bytes: number, largest: number): string | undefined {
  if (Number.isNaN(bytes)) return 'Expected a number, such as 25 or 1.5.';
  if (bytes < 1) return 'Expected at least 1 byte.';
  if (bytes <= largest) return undefined;
  const reason = largest === largestObject ? ', the largest object a storage takes' : '';
  return `Expected at most ${formatBytes(largest)}${reason}.`;
}

type SizeForm = { minSize: string; minUnit: SizeUnit; size: string; unit: SizeUnit };

/** What is wrong with the sizes of one file, of those that are said. */
export function sizeIssues(form: SizeForm): [field: string, message: string][] {
  const issues: [string, string][] = [];
  const most = sizeProblem(bytesOf(form.size, form.unit), largestObject);
  if (form.size !== '' && most) issues.push(['size', most]);
  if (form.minSize === '') return issues;
  const least = bytesOf(form.minSize, form.minUnit);
  const message = sizeProblem(least, largestObject) ?? leastProblem(least, form);
  if (message) issues.push(['minSize', message]);
  return issues;
}

const leastProblem = (least: number, form: { size: string; unit: SizeUnit }) =>
  least > bytesOf(form.size, form.unit) ? 'Expected no more than the largest file.' : undefined;

/** The largest unit in which the size is a short number: 25,000,000 stays what somebody's code said. */
export function unitFor(bytes: number): SizeUnit {
  const fits = (unit: SizeUnit) =>
    bytes >= factors[unit] && Number.isInteger((bytes / factors[unit]) * 100);
  return (['TB', 'GB', 'MB', 'KB'] as const).find(fits) ?? 'bytes';
}

export function toForm(rules: Rules): RulesForm {
  const unit = unitFor(rules.maxSize);
  const totalUnit = rules.maxTotalSize === null ? 'GB' : unitFor(rules.maxTotalSize);
  const perUploader = rules.maxBytesPerUploader;
  const uploaderUnit = perUploader === null ? 'MB' : unitFor(perUploader);
  const minUnit = rules.minSize === 0 ? 'KB' : unitFor(rules.minSize);
  return {
    ...toKeepingForm(rules),
    minSize: rules.minSize === 0 ? '' : String(rules.minSize / factors[minUnit]),
    minUnit,
    allowedTypes: rules.allowedTypes,
    size: String(rules.maxSize / factors[unit]),
    unit,
    maxFiles: rules.maxFiles === null ? '' : String(rules.maxFiles),
    totalSize: rules.maxTotalSize === null ? '' : String(rules.maxTotalSize / factors[totalUnit]),
    totalUnit,
    uploaderFiles: rules.maxFilesPerUploader === null ? '' : String(rules.maxFilesPerUploader),
    uploaderSize: perUploader === null ? '' : String(perUploader / factors[uploaderUnit]),
    uploaderUnit,
    scan: rules.scan,
    visibility: rules.visibility,
  };
}

export function toRules(form: RulesForm): Rules {
  return {
    ...toKeepingRules(form),
    minSize: form.minSize === '' ? 0 : bytesOf(form.minSize, form.minUnit),
    allowedTypes: form.allowedTypes,
    maxSize: bytesOf(form.size, form.unit),
    maxFiles: form.maxFiles === '' ? null : Number(form.maxFiles),
    maxTotalSize: form.totalSize === '' ? null : bytesOf(form.totalSize, form.totalUnit),
    maxFilesPerUploader: form.uploaderFiles === '' ? null : Number(form.uploaderFiles),
    maxBytesPerUploader:
      form.uploaderSize === '' ? null : bytesOf(form.uploaderSize, form.uploaderUnit),
    scan: form.scan,
    visibility: form.visibility,
  };
}
