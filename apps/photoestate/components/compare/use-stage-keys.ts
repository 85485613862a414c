'use client';

import { clampRatio, type StageControl, toggledScale } from '../../lib/compare/gestures.ts';
import { panBy, scaleOf, zoomAt } from '../../lib/compare/view.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';

type Control = StageControl & { setBlink: (on: boolean) => void };

const zoomStep = 1.25;
const panStep = 80;

function dividerKeys({ ratio, setRatio }: Control): Shortcut[] {
  const divider = { group: 'With the divider in focus', scope: 'divider', repeats: true };
  const by = (percent: number) => () =>
    setRatio(clampRatio(Math.round(ratio * 100 + percent) / 100));
  return [
    { ...divider, keys: ['ArrowLeft', 'ArrowDown'], label: 'Left by 1 %', run: by(-1) },
    { ...divider, keys: ['ArrowRight', 'ArrowUp'], label: 'Right by 1 %', run: by(1) },
    {
      ...divider,
      keys: ['Shift+ArrowLeft', 'Shift+ArrowDown', 'PageDown'],
      label: 'Left by 10 %',
      run: by(-10),
    },
    {
      ...divider,
      keys: ['Shift+ArrowRight', 'Shift+ArrowUp', 'PageUp'],
      label: 'Right by 10 %',
      run: by(10),
    },
    { ...divider, keys: ['Home'], label: 'Only the result', run: () => setRatio(0) },
    { ...divider, keys: ['End'], label: 'Only the original', run: () => setRatio(1) },
  ];
}

function compareKeys({ setRatio, setBlink }: Control): Shortcut[] {
  const group = 'Compare';
  return [
    { group, keys: ['1'], label: 'Original', run: () => setRatio(1) },
    { group, keys: ['2'], label: 'Half and half', run: () => setRatio(0.5) },
    { group, keys: ['3'], label: 'Result', run: () => setRatio(0) },
    {
      group,
      keys: ['b', '\\'],
      label: 'Original while held down',
      run: () => setBlink(true),
      release: () => setBlink(false),
    },
  ];
}

function viewKeys({ frame, view, setView }: Control): Shortcut[] {
  const group = 'View';
  const at = { x: frame.stage.width / 2, y: frame.stage.height / 2 };
  const zoomTo = (scale: number) => () => setView(zoomAt(view, frame, { scale, at }));
  const scale = scaleOf(view, frame.photo, frame.stage);
  const pan = (x: number, y: number) => () => setView(panBy(view, frame, { x, y }));
  const repeats = true;
  return [
    { group, keys: ['0'], label: 'Fit the window', run: () => setView('fit') },
    { group, keys: ['z'], label: 'Fit or 100 %', run: zoomTo(toggledScale({ frame, view })) },
    { group, keys: ['+', '='], label: 'Zoom in', repeats, run: zoomTo(scale * zoomStep) },
    { group, keys: ['-'], label: 'Zoom out', repeats, run: zoomTo(scale / zoomStep) },
    { group, keys: ['Shift+ArrowLeft'], label: 'Look left', repeats, run: pan(panStep, 0) },
    { group, keys: ['Shift+ArrowRight'], label: 'Look right', repeats, run: pan(-panStep, 0) },
    { group, keys: ['Shift+ArrowUp'], label: 'Look up', repeats, run: pan(0, panStep) },
    { group, keys: ['Shift+ArrowDown'], label: 'Look down', repeats, run: pan(0, -panStep) },
  ];
}

export function useStageKeys(control: Control): void {
  const { both } = control;
  useShortcuts([
    ...(both ? [...compareKeys(control), ...dividerKeys(control)] : []),
    ...viewKeys(control),
  ]);
}
