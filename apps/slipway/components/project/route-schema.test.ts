import { expect, it } from 'vitest';
import { routeForm, toPolicy, toRouteForm } from './route-schema.ts';

const all = {
  allowedTypes: ['.pdf', 'image/*'],
  minSize: 10,
  maxSize: 5 * 1024 ** 2,
  image: { minWidth: 100, maxWidth: null, minHeight: null, maxHeight: 4000 },
  metadata: {
    fields: [
      { name: 'kind', type: 'string' as const, required: true, maxLength: 9, values: ['a', 'b'] },
    ],
    others: false,
  },
  folder: 'avatars',
  keyPrefix: 'web',
  visibility: 'public' as const,
  expireAfterDays: 7,
  confirmWithinHours: 24,
  replace: false,
  dedupe: true,
};

it('gives every rule of a route back as it was, and no rule as none', () => {
  expect(routeForm([]).safeParse(toRouteForm('avatar', all)).error).toBeUndefined();
  expect(toPolicy(toRouteForm('avatar', all))).toEqual(all);
  expect(toPolicy(toRouteForm('avatar', {}))).toEqual({});
});

it.each([
  [{ route: ' ' }, 'name of a route'],
  [{ route: 'taken' }, 'has rules already'],
  [{ size: 'much' }, 'Expected a number'],
  [{ minSize: '6' }, 'no more than the largest'],
  [{ minSize: '0' }, 'at least 1 byte'],
  [{ keyPrefix: 'A' }, 'lower-case'],
  [{ maxWidth: '1e3' }, 'pixels'],
])('refuses %o and says what it expected', (change, message) => {
  const form = { ...toRouteForm('avatar', { ...all, minSize: 1024 ** 2 }), ...change };
  const { error } = routeForm(['taken']).safeParse(form);
  expect(error?.issues[0]?.message).toContain(message);
});
