const VALUES: readonly unknown[] = [
  ...[
    '',
    'x',
    'x'.repeat(300),
    'a\0b',
    '\ud800',
    null,
    {},
    [],
    true,
    -1,
    0,
    0.5,
    1e308,
    2 ** 31,
    2 ** 53,
  ],
  ...['0000-01-01', '0001-01-01', '9999-12-31', '2026-02-30', '+275760-09-13', '-000001-01-01'],
  ...['0000-01-01T00:00:00.000Z', '0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z'],
  ...['2026-01-01T24:00:00.000Z', '2026-12-31T23:59:60.000Z', '+275760-09-13T00:00:00.000Z'],
];
const IDS = ['x', 'a\0b', '\ud800'];
const MOMENTS = ['0', '-1', ...[14, 15, 16, 400].map((digits) => '9'.repeat(digits))];

/** Values that lists do have, for ids that they do not. */
const GOOD = [1, 'x', '2026-01-01', '2026-01-01T00:00:00.000Z'];

const encoded = (text: string) => Buffer.from(text).toString('base64url');

/**
 * What nobody was given as a cursor: of every form that lists of ours have, with values that Postgres does not hold.
 *
 * @param prefix of the ids that end one
 * @param order what begins one where there are several
 */
export function oddCursors(prefix: string, order?: string): string[] {
  const good = `${prefix}_x`;
  const pairs = [
    ...VALUES.map((value) => [value, good]),
    ...GOOD.flatMap((value) => IDS.map((id) => [value, id])),
  ];
  const lists = order === undefined ? pairs : pairs.map((pair) => [order, ...pair]);
  const plain = MOMENTS.flatMap((moment) => [
    moment,
    ...[...IDS, good].map((id) => `${moment}.${id}`),
  ]);
  const texts = VALUES.filter((value) => typeof value === 'string');
  const json = [...lists, ...VALUES].map((value) => JSON.stringify(value));
  return [...texts, ...plain, ...[...texts, ...plain, ...json].map(encoded)];
}
