import { cornerAt } from './modes.ts';
import {
  type Box,
  fitScale,
  type Point,
  panBy,
  type Size,
  scaleOf,
  type View,
  zoomAt,
} from './view.ts';

export type StageControl = {
  frame: { photo: Size; stage: Size };
  view: View;
  setView: (view: View) => void;
  /** 0..1: how much of the left picture is shown. */
  ratio: number;
  setRatio: (ratio: number) => void;
  /** The part of the stage that the photo covers. */
  seen: Box;
  /** Whether a drag over the whole photo sets the ratio. */
  dividable: boolean;
  /** What a tap does where it does not set the ratio. */
  onTap?: (() => void) | undefined;
  /** Told wherever a pointer is, pressed or not; the part of the stage that it is in begins at `corner`. */
  onHover?: ((at: Point, corner: Point) => void) | undefined;
  /** The parts of the stage that show the photo; points count from the corner of theirs. */
  panes: readonly Box[];
};

const slack = 3;
const doubleTap = 400;
const wheelSpeed = 0.002;
const pinchSpeed = 0.01;

type Gesture =
  | { kind: 'divide'; offset: number; start: Point; moved: boolean; handle: boolean }
  | { kind: 'pan'; last: Point; start: Point; moved: boolean }
  | { kind: 'pinch'; distance: number; scale: number };

type Pointer = { id: number; at: Point; time: number };

function subtract(point: Point, corner: Point): Point {
  return { x: point.x - corner.x, y: point.y - corner.y };
}

export function clampRatio(ratio: number): number {
  return Math.min(1, Math.max(0, ratio));
}

/** One device pixel for every pixel of the photo. */
export function fullScale(): number {
  return 1 / window.devicePixelRatio;
}

/** Between the whole photo and its own pixels. Small photos, larger than that at fit, go to twice fit. */
export function toggledScale({ frame, view }: Pick<StageControl, 'frame' | 'view'>): number {
  const fit = fitScale(frame.photo, frame.stage);
  if (view !== 'fit') return fit;
  return fit < fullScale() ? fullScale() : fit * 2;
}

/**
 * What pointers do on the stage. At fit, dragging or tapping moves the line; zoomed in, dragging
 * moves the photo and the line has its handle. Two fingers or the wheel zoom.
 */
export class StageGestures {
  control: StageControl;
  readonly #pointers = new Map<number, Point>();
  #corner: Point = { x: 0, y: 0 };
  #gesture: Gesture | undefined;
  #tapped = { time: Number.NEGATIVE_INFINITY, ratio: 0.5 };

  constructor(control: StageControl) {
    this.control = control;
  }

  down({ id, at: point }: Pointer, onHandle: boolean): void {
    const { view, frame, seen, ratio, dividable, panes } = this.control;
    // Held for as long as fingers are down: a drag may cross into the other picture.
    if (this.#pointers.size === 0) this.#corner = cornerAt(panes, point);
    const at = this.#from(point);
    this.#pointers.set(id, at);
    const two = this.#twoFingers();
    if (two) {
      const scale = scaleOf(view, frame.photo, frame.stage);
      this.#gesture = { kind: 'pinch', distance: two.distance, scale };
    } else if (onHandle) {
      const offset = at.x - (seen.x + seen.width * ratio);
      this.#gesture = { kind: 'divide', offset, start: at, moved: false, handle: true };
    } else if (view === 'fit' && dividable) {
      this.#gesture = { kind: 'divide', offset: 0, start: at, moved: false, handle: false };
    } else {
      this.#gesture = { kind: 'pan', last: at, start: at, moved: false };
    }
  }

  move({ id, at: point }: Pointer): void {
    const { panes, onHover } = this.control;
    const corner = this.#pointers.size > 0 ? this.#corner : cornerAt(panes, point);
    onHover?.(subtract(point, corner), corner);
    const gesture = this.#gesture;
    if (!gesture || !this.#pointers.has(id)) return;
    const at = this.#from(point);
    this.#pointers.set(id, at);
    const { view, frame, setView } = this.control;
    if (gesture.kind === 'pinch') {
      const two = this.#twoFingers();
      if (!two) return;
      const scale = (gesture.scale * two.distance) / Math.max(1, gesture.distance);
      setView(zoomAt(view, frame, { scale, at: two.middle }));
      return;
    }
    gesture.moved ||= Math.hypot(at.x - gesture.start.x, at.y - gesture.start.y) > slack;
    if (!gesture.moved) return;
    if (gesture.kind === 'divide') {
      this.#divideAt(at.x - gesture.offset);
    } else {
      setView(panBy(view, frame, { x: at.x - gesture.last.x, y: at.y - gesture.last.y }));
      gesture.last = at;
    }
  }

  up({ id, at, time }: Pointer): void {
    const gesture = this.#gesture;
    this.cancel(id);
    if (!gesture || gesture.kind === 'pinch' || gesture.moved) return;
    if (gesture.kind === 'divide' && gesture.handle) return;
    this.#tap(this.#from(at), time);
  }

  cancel(id: number): void {
    this.#pointers.delete(id);
    this.#gesture = undefined;
  }

  doubleClick(point: Point, time: number): void {
    const { view, frame, setView, setRatio, panes } = this.control;
    // The first of the two clicks moved the line; zooming is what was meant.
    if (time - this.#tapped.time < doubleTap * 2) setRatio(this.#tapped.ratio);
    const at = subtract(point, cornerAt(panes, point));
    setView(zoomAt(view, frame, { scale: toggledScale(this.control), at }));
  }

  wheel(point: Point, { deltaY, ctrlKey }: { deltaY: number; ctrlKey: boolean }): void {
    const { view, frame, setView, panes } = this.control;
    const at = subtract(point, cornerAt(panes, point));
    const factor = Math.exp(-deltaY * (ctrlKey ? pinchSpeed : wheelSpeed));
    const scale = scaleOf(view, frame.photo, frame.stage) * factor;
    setView(zoomAt(view, frame, { scale, at }));
  }

  #tap(at: Point, time: number): void {
    const { ratio, dividable, onTap } = this.control;
    if (!dividable) {
      onTap?.();
      return;
    }
    if (time - this.#tapped.time > doubleTap) this.#tapped = { time, ratio };
    this.#divideAt(at.x);
  }

  #from(point: Point): Point {
    return subtract(point, this.#corner);
  }

  #divideAt(x: number): void {
    const { seen, setRatio } = this.control;
    if (seen.width > 0) setRatio(clampRatio((x - seen.x) / seen.width));
  }

  #twoFingers(): { middle: Point; distance: number } | undefined {
    const [a, b] = [...this.#pointers.values()];
    if (!a || !b) return undefined;
    return {
      middle: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 },
      distance: Math.hypot(a.x - b.x, a.y - b.y),
    };
  }
}
