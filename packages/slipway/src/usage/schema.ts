import { z } from '@hono/zod-openapi';
import { isStorableText, STORABLE_TEXT, WITHOUT_NUL } from '@repo/foundation/text';
import { PLAN_NAMES } from '../plan/plans.ts';

const amount = z.number().int();
const quota = (description: string) =>
  z
    .object({
      used: amount.openapi({ description: 'What is there' }),
      reserved: amount.openapi({ description: 'Of uploads on their way; counts for the limit' }),
      limit: amount.nullable().openapi({ description: 'null for none' }),
    })
    .openapi({ description });

const UsageDay = z
  .object({
    date: z.iso.date(),
    uploads: amount,
    uploadedBytes: amount,
  })
  .openapi('UsageDay');
export type UsageDay = z.infer<typeof UsageDay>;

/** What a plan counts, over all projects of its organization. */
export const PlanUsage = z
  .object({
    plan: z.object({ name: z.enum(PLAN_NAMES), title: z.string() }),
    period: z
      .object({ from: z.iso.datetime(), to: z.iso.datetime() })
      .openapi({ description: 'The calendar month, by UTC' }),
    projects: quota('Projects'),
    storageBytes: quota('Bytes stored by all projects'),
    monthlyUploads: quota('Files that got ready in the period'),
    monthlyBytes: quota('Their bytes'),
    fileBytes: amount.nullable().openapi({ description: 'The largest file; null for no limit' }),
  })
  .openapi('PlanUsage');
export type PlanUsage = z.infer<typeof PlanUsage>;

const UploaderName = z
  .string()
  .min(1)
  .max(128)
  .refine(isStorableText, STORABLE_TEXT)
  .openapi(WITHOUT_NUL);

export const UsageQuery = z.strictObject({
  uploader: UploaderName.optional().openapi({ description: 'Adds what this end-user holds' }),
});

export const LargestUploaders = z.strictObject({
  limit: z.coerce.number().int().min(1).max(100).default(20),
});

export const UploaderQuotas = z
  .object({
    uploader: z.string(),
    files: quota('Files, by the rule maxFilesPerUploader'),
    bytes: quota('Bytes, by the rule maxBytesPerUploader'),
  })
  .openapi('UploaderUsage');
export type UploaderQuotas = z.infer<typeof UploaderQuotas>;

export const UploaderQuotasPage = z
  .object({ data: z.array(UploaderQuotas) })
  .openapi('UploaderUsagePage');
export type UploaderQuotasPage = z.infer<typeof UploaderQuotasPage>;

export const ProjectUsage = z
  .object({
    project: z.object({
      id: z.string(),
      files: quota('Files that the project holds, by its rule maxFiles'),
      bytes: quota('Bytes that the project holds, by its rule maxTotalSize'),
      monthlyUploads: amount,
      monthlyBytes: amount,
      days: z.array(UsageDay).openapi({ description: 'The last 30 days, today included, by UTC' }),
    }),
    organization: PlanUsage,
    uploader: UploaderQuotas.optional(),
  })
  .openapi('Usage');
export type ProjectUsage = z.infer<typeof ProjectUsage>;
