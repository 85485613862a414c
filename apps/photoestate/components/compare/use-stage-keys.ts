'use client';

import { clampRatio, type StageControl, toggledScale } from '../../lib/compare/gestures.ts';
import { type StageMode, stageModes } from '../../lib/compare/modes.ts';
import { panBy, scaleOf, zoomAt } from '../../lib/compare/view.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import type { StageChoice } from './stage-choice.ts';

const zoomStep = 1.25;
const panStep = 80;

function dividerKeys({ ratio, setRatio }: StageControl, { names }: StageChoice): Shortcut[] {
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
    { ...divider, keys: ['Home'], label: `Only ${names.right}`, run: () => setRatio(0) },
    { ...divider, keys: ['End'], label: `Only ${names.left}`, run: () => setRatio(1) },
  ];
}

/** The key and the name of each way to compare. */
export const modeKeys: Record<StageMode, { key: string; label: string }> = {
  slider: { key: 's', label: 'Slider' },
  side: { key: 'y', label: 'Side by side' },
  overlay: { key: 'o', label: 'Overlay' },
  blink: { key: 'k', label: 'Blink' },
  difference: { key: 'd', label: 'Difference' },
};

function compareKeys({ setRatio }: StageControl, choice: StageChoice): Shortcut[] {
  const group = 'Compare';
  const { names, setMode, setPeek } = choice;
  // In a mode that knows no share of the two, wanting one of them means the slider.
  const show = (ratio: number) => () => {
    if (choice.mode === 'side' || choice.mode === 'difference') setMode('slider');
    setRatio(ratio);
  };
  return [
    { group, keys: ['1'], label: names.left, run: show(1) },
    { group, keys: ['2'], label: 'Half and half', run: show(0.5) },
    { group, keys: ['3'], label: names.right, run: show(0) },
    {
      group,
      keys: ['b', '\\'],
      label: `${names.left} while held down`,
      run: () => setPeek(true),
      release: () => setPeek(false),
    },
    ...stageModes.map((mode) => ({
      group,
      keys: [modeKeys[mode].key],
      label: modeKeys[mode].label,
      run: () => setMode(mode),
    })),
  ];
}

function viewKeys({ frame, view, setView }: StageControl): Shortcut[] {
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

export function useStageKeys(control: StageControl, choice: StageChoice): void {
  useShortcuts([
    ...(choice.both ? compareKeys(control, choice) : []),
    ...(choice.both && choice.mode === 'slider' ? dividerKeys(control, choice) : []),
    ...viewKeys(control),
  ]);
}
