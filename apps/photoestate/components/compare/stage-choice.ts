import type { StageMode } from '../../lib/compare/modes.ts';

/** What can be chosen on the stage besides where to look. */
export type StageChoice = {
  /** Whether there are two pictures. */
  both: boolean;
  mode: StageMode;
  setMode: (mode: StageMode) => void;
  /** Only the left picture, for as long as a key or button is held. */
  peek: boolean;
  setPeek: (on: boolean) => void;
  /** How many times a difference is enlarged. */
  gain: number;
  setGain: (gain: number) => void;
  names: { left: string; right: string };
};
