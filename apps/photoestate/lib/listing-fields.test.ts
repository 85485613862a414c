import { expect, test } from 'vitest';
import { ListingFields, NO_FIELDS, tagsOf, toInput } from './listing-fields.ts';

test('tags are what stands between commas, each once, with or without their mark', () => {
  expect(tagsOf(' Luxury, #sea view,, luxury ,')).toEqual(['luxury', 'sea view']);
});

test('empty fields are taken away, not sent as empty text', () => {
  const input = toInput({ ...NO_FIELDS, address: '1 Elm Street' });
  expect(input).toEqual({
    ...{
      address: '1 Elm Street',
      mlsId: null,
      agentId: null,
      shootDate: null,
      tags: [],
      notes: '',
    },
  });
});

test('too many tags are refused before they are sent', () => {
  const tags = Array.from({ length: 21 }, (_, index) => `t${index}`).join(',');
  expect(ListingFields.safeParse({ ...NO_FIELDS, address: 'A', tags }).success).toBe(false);
});
