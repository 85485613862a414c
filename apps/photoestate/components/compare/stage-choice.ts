import type { StageMode } from '../../lib/compare/modes.ts';

export const toolNames = ['histogram', 'clipping', 'loupe'] as const;
export type ToolName = (typeof toolNames)[number];

export type StageToolbox = {
  on: Readonly<Record<ToolName, boolean>>;
  toggle: (tool: ToolName) => void;
  /** Moves what the loupe looks at, by shares of the photo. */
  moveLoupe: (x: number, y: number) => void;
};

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
  /** What can be laid over the pictures; undefined where the stage is without. */
  tools: StageToolbox | undefined;
  names: { left: string; right: string };
};
