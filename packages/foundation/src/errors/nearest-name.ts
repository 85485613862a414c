/** The name that somebody probably meant: one or two letters off, in another case, or the beginning of one. */
export function nearestName(given: string, known: readonly string[]): string | undefined {
  const wanted = plain(given);
  if (wanted.length < 2 || wanted.length > 64) return undefined;
  const near = known
    .map((name) => ({ name, steps: stepsBetween(wanted, plain(name)) }))
    .filter(({ name, steps }) => steps <= Math.min(2, Math.floor(name.length / 3)))
    .sort((one, other) => one.steps - other.steps);
  return near[0]?.name ?? known.find((name) => wanted.length > 3 && plain(name).startsWith(wanted));
}

/** `custom_id` and `customid` are meant as `customId`. */
const plain = (name: string) => name.toLowerCase().replaceAll(/[_-]/g, '');

/** Letters to add, leave out, change or swap. */
function stepsBetween(one: string, other: string): number {
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      const swapped =
        row > 1 &&
        column > 1 &&
        one[row - 1] === other[column - 2] &&
        one[row - 2] === other[column - 1];
      next[column] = Math.min(
        at(last, column) + 1,
        at(next, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(before, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = last;
    last = next;
  }
  return at(last, other.length);
}

const at = (row: readonly number[], index: number) => row[index] ?? Number.POSITIVE_INFINITY;
