'use client';

import { clampRatio, type StageControl, toggledScale } from '../../lib/compare/gestures.ts';
import { type StageMode, stageModes } from '../../lib/compare/modes.ts';
import { panBy, scaleOf, zoomAt } from '../../lib/compare/view.ts';
import type { Shortcut } from '../../lib/shortcuts.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import { type StageChoice, type StageToolbox, type ToolName, toolNames } from './stage-choice.ts';

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
      caps: ['Shift', '←'],
      label: 'Left by 10 %',
      run: by(-10),
    },
    {
      ...divider,
      keys: ['Shift+ArrowRight', 'Shift+ArrowUp', 'PageUp'],
      caps: ['Shift', '→'],
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

/** The key and the name of each tool. */
export const toolKeys: Record<ToolName, { key: string; label: string }> = {
  histogram: { key: 'h', label: 'Histogram' },
  clipping: { key: 'j', label: 'Lost highlights and shadows' },
  loupe: { key: 'l', label: 'Loupe' },
};

function keysOfTools(tools: StageToolbox | undefined): Shortcut[] {
  if (tools === undefined) return [];
  return toolNames.map((name) => ({
    group: 'View',
    keys: [toolKeys[name].key],
    label: toolKeys[name].label,
    run: () => tools.toggle(name),
  }));
}

/** Of the photo's sides, with one press of an arrow. */
const loupeStep = 0.02;

function viewKeys(control: StageControl, { tools }: StageChoice): Shortcut[] {
  const { frame, view, setView } = control;
  const group = 'View';
  const at = { x: frame.stage.width / 2, y: frame.stage.height / 2 };
  const zoomTo = (scale: number) => () => setView(zoomAt(view, frame, { scale, at }));
  const scale = scaleOf(view, frame.photo, frame.stage);
  // With the whole photo on the stage there is nothing to pan: what moves is the loupe.
  const pan = (x: number, y: number) => () => {
    if (view !== 'fit') setView(panBy(view, frame, { x: x * panStep, y: y * panStep }));
    else if (tools?.on.loupe) tools.moveLoupe(-x * loupeStep, -y * loupeStep);
  };
  const repeats = true;
  return [
    { group, keys: ['0'], label: 'Fit the window', run: () => setView('fit') },
    { group, keys: ['z'], label: 'Fit or 100 %', run: zoomTo(toggledScale({ frame, view })) },
    { group, keys: ['+', '='], label: 'Zoom in', repeats, run: zoomTo(scale * zoomStep) },
    { group, keys: ['-'], label: 'Zoom out', repeats, run: zoomTo(scale / zoomStep) },
    { group, keys: ['Shift+ArrowLeft'], label: 'Look left', repeats, run: pan(1, 0) },
    { group, keys: ['Shift+ArrowRight'], label: 'Look right', repeats, run: pan(-1, 0) },
    { group, keys: ['Shift+ArrowUp'], label: 'Look up', repeats, run: pan(0, 1) },
    { group, keys: ['Shift+ArrowDown'], label: 'Look down', repeats, run: pan(0, -1) },
  ];
}

/** @param scope Only while the focus is in there: for a stage in a layer over the page. */
export function useStageKeys(
  control: StageControl,
  choice: StageChoice,
  scope: string | undefined,
): void {
  const shortcuts: Shortcut[] = [
    ...(choice.both ? compareKeys(control, choice) : []),
    ...(choice.both && choice.mode === 'slider' ? dividerKeys(control, choice) : []),
    ...viewKeys(control, choice),
    ...keysOfTools(choice.tools),
  ];
  useShortcuts(scope === undefined ? shortcuts : shortcuts.map((each) => ({ scope, ...each })));
}
