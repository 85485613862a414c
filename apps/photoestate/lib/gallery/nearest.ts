type One = { id: string };

/** Of those that are shown the one itself, the next after it, or else the last before it; both in the same order. */
export function nearest(
  id: string,
  all: readonly One[],
  shown: readonly One[],
): string | undefined {
  const there = new Set(shown.map((each) => each.id));
  const after = all.slice(
    Math.max(
      0,
      all.findIndex((each) => each.id === id),
    ),
  );
  return (after.find((each) => there.has(each.id)) ?? shown.at(-1))?.id;
}
