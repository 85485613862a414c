import { beforeEach, expect, it, vi } from 'vitest';
import { StageGestures } from './gestures.ts';
import { placePhoto, type View, visiblePart } from './view.ts';

const frame = { photo: { width: 3000, height: 2000 }, stage: { width: 1000, height: 800 } };
let view: View;
let ratio: number;
let dividable: boolean;
let taps: number;
let gestures: StageGestures;

function control() {
  const seen = visiblePart(placePhoto(view, frame.photo, frame.stage), frame.stage);
  return {
    frame,
    view,
    ratio,
    seen,
    dividable,
    panes: [{ x: 0, y: 0, ...frame.stage }],
    onTap: () => {
      taps += 1;
    },
    setView: (next: View) => {
      view = next;
      gestures.control = control();
    },
    setRatio: (next: number) => {
      ratio = next;
      gestures.control = control();
    },
  };
}

beforeEach(() => {
  vi.stubGlobal('window', { devicePixelRatio: 1 });
  view = 'fit';
  ratio = 0.5;
  dividable = true;
  taps = 0;
  gestures = new StageGestures(control());
});

const pointer = (x: number, { id = 1, time = 1000 } = {}) => ({ id, at: { x, y: 400 }, time });

it('a tap sets the line', () => {
  gestures.down(pointer(250), false);
  gestures.up(pointer(250));
  expect(ratio).toBeCloseTo(0.25);
});

it('a drag moves it, and stops at the edge of the photo', () => {
  gestures.down(pointer(500), false);
  gestures.move(pointer(700));
  expect(ratio).toBeCloseTo(0.7);
  gestures.move(pointer(5000));
  expect(ratio).toBe(1);
});

it('a handle taken off its middle does not jump', () => {
  gestures.down(pointer(510), true);
  gestures.move(pointer(520));
  expect(ratio).toBeCloseTo(0.51);
});

it('a double click zooms to 100 % and leaves the line where it was', () => {
  gestures.down(pointer(250), false);
  gestures.up(pointer(250));
  gestures.down(pointer(250, { time: 1150 }), false);
  gestures.up(pointer(250, { time: 1150 }));
  gestures.doubleClick({ x: 250, y: 400 }, 1160);
  expect(ratio).toBe(0.5);
  expect(view).toMatchObject({ scale: 1 });
});

it('zoomed in, a drag moves the photo and not the line', () => {
  view = { scale: 1, center: { x: 0.5, y: 0.5 } };
  gestures.control = control();
  gestures.down(pointer(500), false);
  gestures.move(pointer(400));
  expect(ratio).toBe(0.5);
  expect(view).toMatchObject({ center: { x: 0.5 + 100 / 3000 } });
});

it('two fingers zoom', () => {
  gestures.down(pointer(400, { id: 1 }), false);
  gestures.down(pointer(600, { id: 2 }), false);
  gestures.move(pointer(800, { id: 2 }));
  expect(view).toMatchObject({ scale: expect.closeTo(2 / 3) });
});

it('the wheel zooms in and back out to fit', () => {
  gestures.wheel({ x: 500, y: 400 }, { deltaY: -500, ctrlKey: false });
  expect(view).not.toBe('fit');
  gestures.wheel({ x: 500, y: 400 }, { deltaY: 5000, ctrlKey: false });
  expect(view).toBe('fit');
});

it('where nothing is divided, a tap has its own meaning and a drag changes nothing', () => {
  dividable = false;
  gestures.control = control();
  gestures.down(pointer(250), false);
  gestures.up(pointer(250));
  expect(taps).toBe(1);
  gestures.down(pointer(250), false);
  gestures.move(pointer(600));
  gestures.up(pointer(600));
  expect([taps, ratio, view]).toEqual([1, 0.5, 'fit']);
});
