import { expect, test } from 'vitest';
import { answerOf, deliveryStateOf, eventsWords } from './webhook-words.ts';

test.each([
  ['pending', 0, null, 'Pending', '–'],
  ['pending', 2, 503, 'Retrying', '503'],
  ['pending', 1, null, 'Retrying', 'No answer'],
  // Sent anew by hand: its tries begin again, the answer of before stays in sight.
  ['pending', 0, 500, 'Pending', '500'],
  ['delivered', 3, 200, 'Delivered', '200'],
  ['failed', 8, null, 'Failed', 'No answer'],
] as const)(
  'a delivery %s after %i tries with %s',
  (state, attempts, lastStatus, label, answer) => {
    const delivery = { state, attempts, lastStatus };
    expect(deliveryStateOf(delivery).label).toBe(label);
    expect(answerOf(delivery)).toBe(answer);
  },
);

test.each([
  [null, false, 'All events'],
  [null, true, 'All events of live files'],
  [['file.ready' as const], false, 'file.ready'],
  [
    ['file.ready' as const, 'file.failed' as const, 'file.deleted' as const],
    true,
    '3 event types of live files',
  ],
])('an endpoint is told of %j, live only: %s', (eventTypes, liveOnly, words) => {
  expect(eventsWords({ eventTypes, liveOnly })).toBe(words);
});
