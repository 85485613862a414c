import { expect, test } from 'vitest';
import { CreateListing, UpdateListing } from './schema.ts';

test('nobody chooses a status: it says what happened', () => {
  const input = { listingId: 'lst_1', status: 'delivered', deliveredAt: new Date() };
  expect(UpdateListing.parse(input)).toEqual({ listingId: 'lst_1' });
});

test('tags are words in small letters, each once; an empty MLS id is none', () => {
  const parsed = UpdateListing.parse({
    listingId: 'lst_1',
    tags: [' Luxury', 'luxury', 'Sea view'],
    mlsId: '  ',
  });
  expect(parsed).toMatchObject({ tags: ['luxury', 'sea view'], mlsId: null });
});

test.each([
  { tags: ['a,b'] },
  { tags: ['#a'] },
  { tags: [''] },
  { shootDate: '2026-02-30' },
  { shootDate: '0000-01-01' },
  { mlsId: 'ML\u0000S' },
  { notes: 'half \ud800 of a letter' },
])('%j is refused', (fields) => {
  expect(UpdateListing.safeParse({ listingId: 'lst_1', ...fields }).success).toBe(false);
});

test.each(['12 Main\u0000Street', '12 Main\nStreet', '12 Main\u001b[31mStreet', '12\u2028Main'])(
  'an address holds no control characters: %j',
  (address) => {
    expect(CreateListing.safeParse({ address }).success).toBe(false);
  },
);

test('an address in any script is fine', () => {
  expect(CreateListing.parse({ address: '  東京都港区1-2 👩‍🌾 ' }).address).toBe(
    '東京都港区1-2 👩‍🌾',
  );
});
