import { z } from 'zod';

const wholeUpTo = (most: number, expected: string) =>
  z
    .string()
    .trim()
    .refine((text) => text === '' || (/^[1-9]\d*$/.test(text) && Number(text) <= most), expected);

const pixels = wholeUpTo(100_000, 'Expected 1 to 100000 pixels, or nothing.');

const METADATA_TYPES = ['string', 'number', 'boolean'] as const;

/** Rules of how files are kept, as a form holds them: an empty field is "no rule". */
export const KEEPING_FIELDS = {
  folder: z.string().trim().max(512, 'Expected at most 512 characters.'),
  keyPrefix: z
    .string()
    .trim()
    .regex(
      /^([a-z0-9][a-z0-9-]{0,30})?$/,
      'Expected up to 31 lower-case letters, digits and dashes.',
    ),
  minWidth: pixels,
  maxWidth: pixels,
  minHeight: pixels,
  maxHeight: pixels,
  expireAfterDays: wholeUpTo(3650, 'Expected 1 to 3650 days, or nothing.'),
  confirmWithinHours: wholeUpTo(720, 'Expected 1 to 720 hours, or nothing.'),
  trashDays: z
    .string()
    .trim()
    .refine((text) => /^\d{1,3}$/.test(text) && Number(text) <= 365, 'Expected 0 to 365 days.'),
  versionDays: wholeUpTo(3650, 'Expected 1 to 3650 days, or nothing.'),
  replace: z.boolean(),
  dedupe: z.boolean(),
  metadata: z
    .array(
      z.object({
        name: z.string().trim().min(1, 'Expected a name.').max(64, 'At most 64 characters.'),
        type: z.enum(METADATA_TYPES),
        required: z.boolean(),
        values: z.string(),
        maxLength: z.number().nullable(),
      }),
    )
    .max(50, 'Expected at most 50 fields.'),
  otherMetadata: z.boolean(),
};
const KeepingForm = z.object(KEEPING_FIELDS);
type KeepingForm = z.infer<typeof KeepingForm>;

type MetadataField = {
  name: string;
  type: (typeof METADATA_TYPES)[number];
  required: boolean;
  maxLength: number | null;
  values: string[] | null;
};

export type KeepingRules = {
  folder: string;
  keyPrefix: string;
  image: Record<'minWidth' | 'maxWidth' | 'minHeight' | 'maxHeight', number | null> | null;
  expireAfterDays: number | null;
  confirmWithinHours: number | null;
  trashDays: number;
  versionDays: number | null;
  replace: boolean;
  dedupe: boolean;
  metadata: { fields: MetadataField[]; others: boolean } | null;
};

export const textOf = (value: number | null | undefined) => (value == null ? '' : String(value));
const numberOf = (text: string) => (text === '' ? null : Number(text));

type ImageForm = Pick<KeepingForm, 'minWidth' | 'maxWidth' | 'minHeight' | 'maxHeight'>;
type MetadataForm = Pick<KeepingForm, 'metadata' | 'otherMetadata'>;

export function toImage(form: ImageForm): KeepingRules['image'] {
  const image = {
    minWidth: numberOf(form.minWidth),
    maxWidth: numberOf(form.maxWidth),
    minHeight: numberOf(form.minHeight),
    maxHeight: numberOf(form.maxHeight),
  };
  return Object.values(image).every((value) => value === null) ? null : image;
}

export function toMetadataForm(metadata: KeepingRules['metadata']): MetadataForm {
  return {
    metadata: (metadata?.fields ?? []).map(({ values, ...field }) => ({
      ...field,
      values: (values ?? []).join(', '),
    })),
    otherMetadata: metadata?.others ?? true,
  };
}

export function toMetadata({ metadata, otherMetadata }: MetadataForm): KeepingRules['metadata'] {
  if (metadata.length === 0 && otherMetadata) return null;
  return { fields: metadata.map(fieldOf), others: otherMetadata };
}

export function toKeepingForm(rules: KeepingRules): KeepingForm {
  const { image, metadata } = rules;
  return {
    folder: rules.folder,
    keyPrefix: rules.keyPrefix,
    minWidth: textOf(image?.minWidth),
    maxWidth: textOf(image?.maxWidth),
    minHeight: textOf(image?.minHeight),
    maxHeight: textOf(image?.maxHeight),
    expireAfterDays: textOf(rules.expireAfterDays),
    confirmWithinHours: textOf(rules.confirmWithinHours),
    trashDays: String(rules.trashDays),
    versionDays: textOf(rules.versionDays),
    replace: rules.replace,
    dedupe: rules.dedupe,
    ...toMetadataForm(metadata),
  };
}

export function toKeepingRules(form: KeepingForm): KeepingRules {
  return {
    folder: form.folder,
    keyPrefix: form.keyPrefix,
    image: toImage(form),
    expireAfterDays: numberOf(form.expireAfterDays),
    confirmWithinHours: numberOf(form.confirmWithinHours),
    trashDays: Number(form.trashDays),
    versionDays: numberOf(form.versionDays),
    replace: form.replace,
    dedupe: form.dedupe,
    metadata: toMetadata(form),
  };
}

function fieldOf({ values, ...field }: KeepingForm['metadata'][number]): MetadataField {
  const words = values
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
  return { ...field, values: words.length === 0 ? null : words };
}
