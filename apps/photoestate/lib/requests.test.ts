import { expect, test } from 'vitest';
import { photoOfDelivery, requestPath, requestsText, spotText } from './requests.ts';

const some = (change: number, comment: number) => [
  ...Array(change).fill({ kind: 'change' }),
  ...Array(comment).fill({ kind: 'comment' }),
];

test('what is open of a scene is counted by its kind', () => {
  expect(requestsText(some(1, 0))).toBe('1 request');
  expect(requestsText(some(0, 2))).toBe('2 comments');
  expect(requestsText(some(2, 1))).toBe('2 requests · 1 comment');
});

test('a photo of a delivery is never mistaken for a scene', () => {
  expect(photoOfDelivery({ number: 3, title: null })).toBe('Photo 3 of the delivery');
  expect(photoOfDelivery({ number: 3, title: 'Kitchen' })).toBe(
    'Kitchen (photo 3 of the delivery)',
  );
});

test('a pin is said by its place, and leads to its comment', () => {
  expect(spotText({ x: 0.304, y: 0.4 })).toBe('30 % from the left, 40 % from the top');
  expect(requestPath('lst_1', 'cmt_2')).toBe('/listings/lst_1/deliver?about=cmt_2');
});
