'use client';

import { createContext, useContext } from 'react';
import type { OpenRequest, Photo, Scene } from '../../lib/trpc.ts';

export type TableValue = {
  listingId: string;
  scenes: readonly Scene[];
  /** What clients wait for, by scene. */
  requests: ReadonlyMap<string, readonly OpenRequest[]>;
  /** Says it to readers of the screen. */
  announce: (text: string) => void;
  movePhoto: (photo: Photo, sceneId: string | null) => void;
  /** All into the one, in a single step. */
  mergeScenes: (from: readonly Scene[], into: Scene) => void;
  splitScene: (scene: Scene) => void;
  deletePhoto: (photo: Photo) => void;
  /** With all their photos; goes on to the scene that comes next. */
  deleteScenes: (scenes: readonly Scene[]) => void;
  /** Opens the list of scenes next to a frame or a scene's menu button. */
  askWhere: (question: MoveQuestion) => void;
  /** Begins a drag when the pointer moves on (or rests, by touch). */
  grab: (photo: Photo, event: React.PointerEvent) => void;
  /** The frame in the hand, and the scene under it. */
  held: Photo | null;
  target: string | null;
  /** Goes to a frame wherever it is, in sight or not in the document yet. */
  focusFrame: (photoId: string | undefined) => void;
  /** Lights up the scene that a menu entry names. */
  pointAt: (sceneId: string | null) => void;
};

export type MoveQuestion =
  | { kind: 'photo'; photo: Photo; anchor: HTMLElement }
  | { kind: 'scene'; scene: Scene; anchor: HTMLElement };

export const TableContext = createContext<TableValue | null>(null);

export function useTable(): TableValue {
  const value = useContext(TableContext);
  if (!value) throw new Error('useTable needs a Worktable above it');
  return value;
}

/** The drop target that makes a new scene. */
export const newSceneTarget = 'new';
