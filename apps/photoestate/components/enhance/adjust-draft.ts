import { useDraft } from '@repo/ui/local';
import type { Priced } from '../credits/cost.tsx';
import type { Look } from './look.ts';

/** What is being adjusted, as far as a person has come. */
export type AdjustDraft = {
  of: Priced;
  look: Look;
  /** The studio's look that it began with. */
  base: string | null;
  /** Whether scenes with settings of their own keep them. */
  ownSettings: boolean;
  /** Whether the settings could be kept for later, too. */
  mayKeep: boolean;
};

/** The name of what is kept of it. One is open at a time. */
export const adjustDraftOf = ({ listingId }: Pick<Priced, 'listingId'>) => `adjust:${listingId}`;

/** What is kept under this name, if it is about the same scenes; and how to change it. */
export function useAdjustDraft(key: string, begun: AdjustDraft) {
  const [kept, keep] = useDraft(key, begun);
  const draft = JSON.stringify(kept.of) === JSON.stringify(begun.of) ? kept : begun;
  return [draft, (change: Partial<AdjustDraft>) => keep({ ...draft, ...change })] as const;
}
