import type { ReviewItem } from '../../lib/trpc.ts';

export function nameOf({ scene: { label, position } }: Pick<ReviewItem, 'scene'>): string {
  return label ?? `Scene ${position}`;
}
