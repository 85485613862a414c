import { expect, test } from 'vitest';
import { CreateListing, UpdateListing } from './schema.ts';

test('people choose draft, review or delivered; processing is the work’s own', () => {
  const accepts = (status: string) =>
    UpdateListing.safeParse({ listingId: 'lst_1', status }).success;
  expect(['draft', 'review', 'delivered'].map(accepts)).toEqual([true, true, true]);
  expect(accepts('processing')).toBe(false);
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
