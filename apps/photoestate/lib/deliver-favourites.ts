import type { Delivery } from '@repo/photoestate/router';

type Visitor = Pick<Delivery['visitors'][number], 'id' | 'name' | 'favourites'>;

/** Those who like something, under names that tell them apart. */
export function likersOf<V extends Visitor>({ visitors }: { visitors: readonly V[] }) {
  const likers = visitors
    .filter(({ favourites }) => favourites.length > 0)
    .map((visitor) => ({ ...visitor, called: visitor.name ?? 'Somebody with the link' }));
  const seen = new Map<string, number>();
  return likers.map((liker) => {
    const number = (seen.get(liker.called) ?? 0) + 1;
    seen.set(liker.called, number);
    return number === 1 ? liker : { ...liker, called: `${liker.called}, ${number}` };
  });
}
