import { z } from 'zod';
import type { RoutePolicy } from '../../lib/trpc.ts';
import { KEEPING_FIELDS, textOf, toImage, toMetadata, toMetadataForm } from './keeping-schema.ts';
import { bytesOf, factors, SIZE_FIELDS, sizeIssues, unitFor } from './rules-schema.ts';

const YES_OR_NO = ['', 'true', 'false'] as const;
const { trashDays: _, versionDays: __, ...keeping } = KEEPING_FIELDS;

/** The rules of one route as a form holds them: an empty field says nothing. */
const RouteFields = z.object({
  ...SIZE_FIELDS,
  ...keeping,
  route: z.string().trim().min(1, 'Expected the name of a route.'),
  visibility: z.enum(['', 'private', 'public']),
  replace: z.enum(YES_OR_NO),
  dedupe: z.enum(YES_OR_NO),
});
export type RouteForm = z.infer<typeof RouteFields>;

/** Refuses the names of other routes that have rules. */
export const routeForm = (taken: readonly string[]) =>
  RouteFields.superRefine((form, context) => {
    const issues = sizeIssues(form);
    if (taken.includes(form.route)) issues.push(['route', 'This route has rules already.']);
    for (const [field, message] of issues)
      context.addIssue({ code: 'custom', path: [field], message });
  });

const yesOrNo = (value: boolean | undefined) =>
  value === undefined ? '' : value ? 'true' : 'false';

export function toRouteForm(route: string, policy: RoutePolicy): RouteForm {
  const { minSize = 0, maxSize } = policy;
  const unit = maxSize === undefined ? 'MB' : unitFor(maxSize);
  const minUnit = minSize === 0 ? 'KB' : unitFor(minSize);
  return {
    route,
    allowedTypes: policy.allowedTypes ?? [],
    size: maxSize === undefined ? '' : String(maxSize / factors[unit]),
    unit,
    minSize: minSize === 0 ? '' : String(minSize / factors[minUnit]),
    minUnit,
    minWidth: textOf(policy.image?.minWidth),
    maxWidth: textOf(policy.image?.maxWidth),
    minHeight: textOf(policy.image?.minHeight),
    maxHeight: textOf(policy.image?.maxHeight),
    ...toMetadataForm(policy.metadata ?? null),
    folder: policy.folder ?? '',
    keyPrefix: policy.keyPrefix ?? '',
    expireAfterDays: textOf(policy.expireAfterDays),
    confirmWithinHours: textOf(policy.confirmWithinHours),
    visibility: policy.visibility ?? '',
    replace: yesOrNo(policy.replace),
    dedupe: yesOrNo(policy.dedupe),
  };
}

export function toPolicy(form: RouteForm): RoutePolicy {
  const image = toImage(form);
  const metadata = toMetadata(form);
  return {
    ...(form.allowedTypes.length > 0 && { allowedTypes: form.allowedTypes }),
    ...(form.minSize !== '' && { minSize: bytesOf(form.minSize, form.minUnit) }),
    ...(form.size !== '' && { maxSize: bytesOf(form.size, form.unit) }),
    ...(image !== null && { image }),
    ...(metadata !== null && { metadata }),
    ...(form.folder !== '' && { folder: form.folder }),
    ...(form.keyPrefix !== '' && { keyPrefix: form.keyPrefix }),
    ...(form.expireAfterDays !== '' && { expireAfterDays: Number(form.expireAfterDays) }),
    ...(form.confirmWithinHours !== '' && { confirmWithinHours: Number(form.confirmWithinHours) }),
    ...(form.visibility !== '' && { visibility: form.visibility }),
    ...(form.replace !== '' && { replace: form.replace === 'true' }),
    ...(form.dedupe !== '' && { dedupe: form.dedupe === 'true' }),
  };
}
