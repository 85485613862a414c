import { formatBytes } from '@repo/ui/format';
import { z } from 'zod';

export const sizeUnits = ['KB', 'MB', 'GB'] as const;
type SizeUnit = (typeof sizeUnits)[number];

const factors: Record<SizeUnit, number> = { KB: 1024, MB: 1024 ** 2, GB: 1024 ** 3 };
const largestObject = 5 * 1024 ** 4;

export const typePattern = /^[a-z0-9][a-z0-9!#$&^_.+-]*\/(\*|[a-z0-9][a-z0-9!#$&^_.+-]*)$/;

/** The rules as a form holds them: a size is a number and a unit, "no limit" is an empty field. */
export const RulesForm = z
  .object({
    allowedTypes: z
      .array(z.string().regex(typePattern, 'Expected a type such as image/png or image/*.'))
      .max(50, 'Expected at most 50 types.'),
    size: z.string().trim(),
    unit: z.enum(sizeUnits),
    maxFiles: z
      .string()
      .trim()
      .regex(/^([1-9]\d{0,8})?$/, 'Expected a whole number from 1, or nothing for no limit.'),
    /** Not shown; kept as it is. */
    maxTotalSize: z.number().nullable(),
    scan: z.enum(['required', 'when_available', 'off']),
    visibility: z.enum(['public', 'private']),
  })
  .superRefine((form, context) => {
    const problem = sizeProblem(form);
    if (problem) context.addIssue({ code: 'custom', path: ['size'], message: problem });
  });
export type RulesForm = z.infer<typeof RulesForm>;

type Rules = {
  allowedTypes: string[];
  maxSize: number;
  maxFiles: number | null;
  maxTotalSize: number | null;
  scan: 'required' | 'when_available' | 'off';
  visibility: 'public' | 'private';
};

function bytesOf({ size, unit }: Pick<RulesForm, 'size' | 'unit'>): number {
  return Math.round(Number(size.replace(',', '.')) * factors[unit]);
}

function sizeProblem(form: Pick<RulesForm, 'size' | 'unit'>): string | undefined {
  const bytes = bytesOf(form);
  if (form.size === '' || Number.isNaN(bytes)) return 'Expected a number, such as 25 or 1.5.';
  if (bytes < 1) return 'Expected at least 1 byte.';
  if (bytes > largestObject)
    return `Expected at most ${formatBytes(largestObject)}, the largest object a storage takes.`;
  return undefined;
}

/** The largest unit in which the size is a short number. */
function unitFor(bytes: number): SizeUnit {
  const fits = (unit: SizeUnit) =>
    bytes >= factors[unit] && Number.isInteger((bytes / factors[unit]) * 100);
  return (['GB', 'MB', 'KB'] as const).find(fits) ?? 'KB';
}

export function toForm(rules: Rules): RulesForm {
  const unit = unitFor(rules.maxSize);
  return {
    allowedTypes: rules.allowedTypes,
    size: String(rules.maxSize / factors[unit]),
    unit,
    maxFiles: rules.maxFiles === null ? '' : String(rules.maxFiles),
    maxTotalSize: rules.maxTotalSize,
    scan: rules.scan,
    visibility: rules.visibility,
  };
}

export function toRules(form: RulesForm): Rules {
  return {
    allowedTypes: form.allowedTypes,
    maxSize: bytesOf(form),
    maxFiles: form.maxFiles === '' ? null : Number(form.maxFiles),
    maxTotalSize: form.maxTotalSize,
    scan: form.scan,
    visibility: form.visibility,
  };
}
