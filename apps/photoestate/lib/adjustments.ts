import type { Adjustments, AdjustmentValues, Controls, Preset } from './trpc.ts';

export type AdjustmentName = keyof Adjustments;

type Words = {
  label: string;
  /** What it does, below the label. */
  hint: string;
};

export const adjustmentWords: Readonly<Record<AdjustmentName, Words>> = {
  brightness: { label: 'Brightness', hint: 'Darker or brighter than the look.' },
  whiteBalance: { label: 'White balance', hint: 'How much of the light’s colour is taken away.' },
  windows: { label: 'Windows', hint: 'Shows the view outside, from darker exposures.' },
  straighten: { label: 'Straighten', hint: 'Makes leaning walls upright.' },
  lens: { label: 'Lens correction', hint: 'Removes curved lines, fringes and dark corners.' },
  denoise: { label: 'Denoise', hint: 'Takes grain out where there is any.' },
  privacy: { label: 'Privacy blur', hint: 'Makes faces unrecognisable.' },
};

/** Those that are a switch; the others have a value. */
export type SwitchName = {
  [N in AdjustmentName]: AdjustmentValues[N] extends boolean ? N : never;
}[AdjustmentName];

export function isSwitch(name: AdjustmentName): name is SwitchName {
  return name !== 'brightness' && name !== 'whiteBalance';
}

/** "+1", "−2", "As the look". */
export function brightnessText(steps: number): string {
  if (steps === 0) return 'As the look';
  return steps > 0 ? `+${steps}` : `−${-steps}`;
}

export function shareText(share: number): string {
  return share === 0 ? 'Off' : `${Math.round(share * 100)} %`;
}

/** What was changed of a look, one piece each: "Brightness +1", "Windows off". */
export function adjustmentTexts(adjustments: Adjustments): string[] {
  const { brightness, whiteBalance, ...switches } = adjustments;
  const texts = Object.entries(switches).flatMap(([name, on]) => {
    const words = adjustmentWords[name as AdjustmentName];
    return words === undefined || on === undefined ? [] : [`${words.label} ${on ? 'on' : 'off'}`];
  });
  return [
    ...(brightness === undefined ? [] : [`Brightness ${brightnessText(brightness)}`]),
    ...(whiteBalance === undefined ? [] : [`White balance ${shareText(whiteBalance)}`]),
    ...texts,
  ];
}

/** Every value as it is shown: the look's own, but for what was changed. */
export function valuesOf(own: AdjustmentValues, changes: Adjustments): AdjustmentValues {
  return {
    brightness: changes.brightness ?? own.brightness,
    whiteBalance: changes.whiteBalance ?? own.whiteBalance,
    windows: changes.windows ?? own.windows,
    straighten: changes.straighten ?? own.straighten,
    lens: changes.lens ?? own.lens,
    denoise: changes.denoise ?? own.denoise,
    privacy: changes.privacy ?? own.privacy,
  };
}

/** What is changed against the look, and nothing else: the look's own values follow it. */
export function changedFrom(
  { defaults }: Pick<Controls, 'defaults'>,
  preset: Preset,
  changes: Adjustments,
): Adjustments {
  const own: Adjustments = defaults[preset];
  const changed = Object.entries(changes).filter(
    ([name, value]) => value !== undefined && value !== own[name as AdjustmentName],
  );
  return Object.fromEntries(changed);
}
