import { z } from 'zod';
import { alterationsOf } from '../enhancement/alterations.ts';
import { editWords } from '../enhancement/edit-words.ts';
import type { CredentialAction, CredentialRecord } from './manifest.ts';

/** C2PA's name for what a step of the engine does; steps that are no edit of their own have none. */
const ACTIONS: Readonly<Record<string, string>> = {
  windowPull: 'c2pa.enhanced',
  lens: 'c2pa.enhanced',
  verticals: 'c2pa.orientation',
  whiteBalance: 'c2pa.adjustedColor',
  tone: 'c2pa.adjustedColor',
  denoise: 'c2pa.enhanced',
  sharpen: 'c2pa.enhanced',
  // Editorial: something is not seen as it was.
  sky: 'c2pa.edited',
  privacy: 'c2pa.edited',
  dusk: 'c2pa.edited',
};

const Step = z.object({
  name: z.string(),
  ran: z.boolean(),
  facts: z.record(z.string(), z.unknown()).default({}),
});
const EncodeFacts = z.object({ exposures: z.number(), sourceType: z.url() });
const Made = z
  .object({
    report: z.object({ steps: z.array(Step) }),
    recipe: z.looseObject({ engine: z.string() }),
  })
  .transform(({ report, recipe }, issues) => {
    const steps = report.steps.filter(({ ran }) => ran);
    const encoded = EncodeFacts.safeParse(steps.find(({ name }) => name === 'encode')?.facts);
    if (encoded.success) return { steps, recipe, ...encoded.data };
    issues.addIssue({ code: 'custom', message: 'expected to know how the photo was encoded' });
    return z.NEVER;
  });

/** What the engine recorded with a photo. */
interface Recorded {
  report: object | null;
  recipe: object | null;
}

/** What a result's Content Credentials say, from what the engine recorded. */
export function credentialRecord(recorded: Recorded): CredentialRecord {
  return recordOf(Made.parse(recorded));
}

function recordOf({
  steps,
  recipe,
  exposures,
  sourceType,
}: z.output<typeof Made>): CredentialRecord {
  const actions = steps.flatMap(({ name, facts }): CredentialAction[] => {
    const action = ACTIONS[name];
    return action === undefined ? [] : [{ action, description: editWords(name, facts) }];
  });
  const cropped = alterationsOf({ report: { steps: [] }, recipe })?.done ?? [];
  return {
    software: { name: 'PhotoEstate engine', version: recipe.engine },
    digitalSourceType: sourceType,
    origin:
      exposures > 1 ? `Merged from ${exposures} exposures of one view` : 'Made from one exposure',
    actions: [
      ...actions,
      ...cropped.map((description) => ({ action: 'c2pa.cropped', description })),
    ],
  };
}

/** What became of a photo on the way into a smaller copy. */
export interface CopyChange {
  /** Its sides were cut to another shape. */
  isCut: boolean;
  isMarked: boolean;
}

/**
 * The same for a smaller copy of a result, with what made it one; null for results of which too little was recorded:
 * nothing is guessed.
 */
export function copyRecord(recorded: Recorded, change: CopyChange): CredentialRecord | null {
  const made = Made.safeParse(recorded).data;
  if (made === undefined) return null;
  const record = recordOf(made);
  const cut = { action: 'c2pa.cropped', description: 'Cut to the shape of this size' };
  const resized = { action: 'c2pa.resized', description: 'Reduced for delivery' };
  const marked = { action: 'c2pa.edited', description: 'A watermark written across the photo' };
  return {
    ...record,
    actions: [
      ...record.actions,
      ...(change.isCut ? [cut] : []),
      resized,
      ...(change.isMarked ? [marked] : []),
    ],
  };
}
