import { expect, test } from 'vitest';
import { planScenes } from './plan-scenes.ts';

test('the same groups keep every scene', () => {
  const existing = [
    { sceneId: 's1', photoIds: ['a', 'b', 'c'] },
    { sceneId: 's2', photoIds: ['d'] },
  ];
  expect(planScenes(existing, [['a', 'b', 'c'], ['d']])).toEqual({
    groups: [
      { sceneId: 's1', photoIds: ['a', 'b', 'c'] },
      { sceneId: 's2', photoIds: ['d'] },
    ],
    removed: [],
  });
});

test('a scene keeps its id while its bracket grows', () => {
  const plan = planScenes([{ sceneId: 's1', photoIds: ['b'] }], [['a', 'b', 'c']]);
  expect(plan.groups).toEqual([{ sceneId: 's1', photoIds: ['a', 'b', 'c'] }]);
});

test('two scenes that turn out to be one: the larger stays, the other points to it', () => {
  const existing = [
    { sceneId: 'small', photoIds: ['a'] },
    { sceneId: 'large', photoIds: ['b', 'c'] },
  ];
  expect(planScenes(existing, [['a', 'b', 'c']])).toEqual({
    groups: [{ sceneId: 'large', photoIds: ['a', 'b', 'c'] }],
    removed: ['small'],
  });
});

test('one scene that turns out to be two keeps its id for the larger part', () => {
  const plan = planScenes([{ sceneId: 's1', photoIds: ['a', 'b', 'c'] }], [['a'], ['b', 'c']]);
  expect(plan.groups.map((group) => group.sceneId)).toEqual([null, 's1']);
});

test('a scene with no frame left ends', () => {
  const plan = planScenes([{ sceneId: 's1', photoIds: ['gone'] }], [['a']]);
  expect(plan.removed).toEqual(['s1']);
  expect(plan.groups).toEqual([{ sceneId: null, photoIds: ['a'] }]);
});

test('no scene and no group is given twice, whatever the overlap', () => {
  const existing = [
    { sceneId: 's1', photoIds: ['a', 'b'] },
    { sceneId: 's2', photoIds: ['c', 'd'] },
  ];
  const plan = planScenes(existing, [
    ['a', 'c'],
    ['b', 'd'],
  ]);
  expect(plan.groups.map((group) => group.sceneId).sort()).toEqual(['s1', 's2']);
  expect(plan.removed).toEqual([]);
});
