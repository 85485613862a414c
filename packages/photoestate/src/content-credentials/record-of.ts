import type { DoneMessage } from '@repo/engine';
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
};

const EncodeFacts = z.object({ exposures: z.number(), sourceType: z.url() });

/** What a result's Content Credentials say, from what the engine recorded. */
export function credentialRecord({
  report,
  recipe,
}: Pick<DoneMessage, 'report' | 'recipe'>): CredentialRecord {
  const steps = report.steps.filter(({ ran }) => ran);
  const encoded = steps.find(({ name }) => name === 'encode');
  const { exposures, sourceType } = EncodeFacts.parse(encoded?.ran ? encoded.facts : {});
  const actions = steps.flatMap(({ name, ...step }): CredentialAction[] => {
    const action = ACTIONS[name];
    if (action === undefined) return [];
    return [{ action, description: editWords(name, 'facts' in step ? step.facts : {}) }];
  });
  const cropped = alterationsOf({ report: { steps: [] }, recipe: { ...recipe } })?.done ?? [];
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
