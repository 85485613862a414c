import { describe, expect, test } from 'vitest';
import {
  addressesIn,
  type Choice,
  changedTerms,
  endOfDay,
  moveChoice,
  NO_CHANGES,
  newDraft,
  overtakenBy,
  placeChoice,
  termsOf,
  withChange,
  withFinished,
  withoutSaved,
} from './deliver-draft.ts';

const choices: Choice[] = ['a', 'b', 'c', 'd'].map((sceneId, index) => ({
  ...{ sceneId, thumbUrl: '', number: index + 1, title: ' ', included: index !== 3 },
}));
const order = (list: readonly Choice[]) => list.map(({ sceneId }) => sceneId).join('');

test('photos are moved by steps and by dropping them on others', () => {
  expect(order(moveChoice(choices, 'b', 1))).toBe('acbd');
  expect(order(moveChoice(choices, 'b', -9))).toBe('bacd');
  expect(order(moveChoice(choices, 'x', 1))).toBe('abcd');
  expect(order(placeChoice(choices, 'd', 'a'))).toBe('dabc');
  expect(order(placeChoice(choices, 'a', 'c'))).toBe('bcad');
});

test('what is sent of a draft is what is in, in its order', () => {
  const draft = { recipients: 'a@b.de,\n c@d.de;', message: ' ', expires: '' };
  const terms = termsOf({ ...draft, choices, branded: true, watermark: false, sizes: ['mls'] });
  expect(terms.photos.map(({ sceneId, title }) => sceneId + title)).toEqual(['a', 'b', 'c']);
  expect(terms).toMatchObject({ recipients: ['a@b.de', 'c@d.de'], message: null, expiresAt: null });
});

test('a photo that is finished meanwhile comes last; one that was rejected goes', () => {
  const entry = { position: 9, label: 'Hall', thumbUrl: '', width: 3, height: 2 };
  const deliverable = ['b', 'c', 'd', 'e'].map((sceneId) => ({ ...entry, sceneId }));
  const terms = { recipients: '', message: '', expires: '' };
  const draft = { ...terms, choices, branded: true, watermark: false, sizes: [] };
  const followed = withFinished(draft, { deliverable, included: true });
  expect(order(followed.choices)).toBe('bcde');
  expect(followed.choices.at(-1)).toMatchObject({ title: 'Hall', included: true });
  expect(followed.choices.at(-2)).toMatchObject({ included: false });
});

test('a new link begins with every finished photo, or with those of a client first', () => {
  const entry = { label: null, thumbUrl: '', width: 3, height: 2 };
  const deliverable = ['a', 'b', 'c'].map((sceneId, index) => ({
    ...{ ...entry, sceneId, position: index + 1 },
  }));
  const usual = { branded: true, watermark: false, sizes: ['mls'] };
  const sent = (only?: string[]) => {
    const picked = only?.map((sceneId) => ({ sceneId, title: `Room ${sceneId}` }));
    const draft = newDraft({ deliverable, usual }, picked);
    const titles = picked === undefined ? ['', '', ''] : ['Room b', 'Room c', ''];
    expect(draft.choices.map(({ title }) => title)).toEqual(titles);
    return [
      order(draft.choices),
      termsOf(draft)
        .photos.map(({ sceneId }) => sceneId)
        .join(''),
    ];
  };
  expect(sent()).toEqual(['abc', 'abc']);
  expect(sent(['c', 'b', 'x'])).toEqual(['bca', 'bc']);
});

test('a day lasts to its end', () => {
  expect(endOfDay('2026-05-01')).toEqual(new Date(2026, 4, 1, 23, 59, 59));
  expect(endOfDay('')).toBeNull();
  expect(addressesIn('')).toEqual([]);
});

describe('changes of a delivery', () => {
  const begun = {
    ...{ choices, recipients: '', message: 'Hello', expires: '' },
    ...{ branded: true, watermark: false, sizes: ['mls'] },
  };
  const typed = withChange(NO_CHANGES, begun, { message: 'Hello, Ann' });

  test('are all that is sent; what is as it was is none', () => {
    expect(changedTerms({ ...begun, ...typed.to }, typed)).toEqual({ message: 'Hello, Ann' });
    expect(withChange(typed, begun, { message: 'Hello' })).toEqual(NO_CHANGES);
    const moved = withChange(typed, begun, { choices: moveChoice(choices, 'a', 1) });
    expect(Object.keys(changedTerms({ ...begun, ...moved.to }, moved))).toEqual([
      'photos',
      'message',
    ]);
    // A photo that is finished meanwhile is left out until somebody takes it in.
    expect(withChange(NO_CHANGES, begun, { choices: choices.slice(0, 3) })).toEqual(NO_CHANGES);
  });

  test('say what somebody else changed since', () => {
    const elsewhere = { ...begun, message: 'Good day', branded: false };
    expect(overtakenBy(begun, typed)).toEqual([]);
    expect(overtakenBy(elsewhere, typed)).toEqual(['message']);
    expect(overtakenBy({ ...begun, message: 'Hello, Ann' }, typed)).toEqual([]);
  });

  test('that were typed while others were saved are left', () => {
    const more = withChange(typed, begun, { message: 'Hello, Ann!', watermark: true });
    const left = withoutSaved(more, typed);
    expect(left.to).toEqual({ message: 'Hello, Ann!', watermark: true });
    expect(overtakenBy({ ...begun, ...typed.to }, left)).toEqual([]);
    expect(withoutSaved(typed, typed)).toEqual(NO_CHANGES);
  });
});
