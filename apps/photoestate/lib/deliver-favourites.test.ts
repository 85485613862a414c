import { expect, test } from 'vitest';
import { likersOf } from './deliver-favourites.ts';

test('who likes something is told apart from others of the same name', () => {
  const visitor = (id: string, name: string | null, ...favourites: string[]) => ({
    ...{ id, name, favourites },
  });
  const visitors = [
    visitor('a', 'Ann', 'p1'),
    visitor('b', null, 'p1', 'p2'),
    visitor('c', 'Bob'),
    visitor('d', null, 'p2'),
    visitor('e', 'Ann', 'p2'),
  ];
  expect(likersOf({ visitors }).map(({ id, called }) => [id, called])).toEqual([
    ['a', 'Ann'],
    ['b', 'Somebody with the link'],
    ['d', 'Somebody with the link, 2'],
    ['e', 'Ann, 2'],
  ]);
});
