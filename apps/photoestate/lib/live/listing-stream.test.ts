import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followListing } from './listing-stream.ts';

const opened: FakeSource[] = [];

class FakeSource extends EventTarget {
  static readonly CLOSED = 2;
  readyState = 1;
  onerror: (() => void) | null = null;
  constructor() {
    super();
    opened.push(this);
  }
  close() {
    this.readyState = 2;
  }
}

let page: EventTarget & { hidden: boolean };
const show = (visible: boolean) => {
  page.hidden = !visible;
  page.dispatchEvent(new Event('visibilitychange'));
};
const openNow = () => opened.filter(({ readyState }) => readyState === 1).length;

beforeEach(() => {
  opened.length = 0;
  page = Object.assign(new EventTarget(), { hidden: false });
  vi.stubGlobal('document', page);
  vi.stubGlobal('EventSource', FakeSource);
});
afterEach(() => vi.unstubAllGlobals());

test('a hidden tab holds no connection; shown again it connects, greets, and is looked after anew', () => {
  const connected: boolean[] = [];
  const leave = followListing('lst_1', {
    onNews: () => undefined,
    onConnected: (now) => connected.push(now),
  });
  opened[0]?.dispatchEvent(new Event('hello'));
  expect([openNow(), connected]).toEqual([1, [true]]);
  show(false);
  expect([openNow(), connected]).toEqual([0, [true, false]]);
  show(true);
  opened[1]?.dispatchEvent(new Event('hello'));
  expect([openNow(), connected]).toEqual([1, [true, false, true]]);
  leave();
  show(false);
  show(true);
  expect([openNow(), opened.length]).toEqual([0, 2]);
});

test('a tab that opens in the background connects when it is looked at', () => {
  page.hidden = true;
  const leave = followListing('lst_1', { onNews: () => undefined, onConnected: () => undefined });
  expect(opened).toEqual([]);
  show(true);
  expect(openNow()).toBe(1);
  leave();
});
