'use client';

import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import { Download, ImagePlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { sceneName, sceneOf } from '../../lib/scene-edits.ts';
import type { Photo, Scene } from '../../lib/trpc.ts';
import { SceneItems } from './scene-items.tsx';
import { type MoveQuestion, newSceneTarget, useTable } from './table-context.tsx';

/**
 * The way to regroup without dragging: a list of scenes next to the frame (or the scene's menu),
 * chosen with the arrow keys and Enter, left with Escape.
 */
export function MoveMenu({
  question,
  onClose,
}: {
  question: MoveQuestion | null;
  onClose: () => void;
}) {
  // The last question stays while its menu fades, and gets the focus back. Where it opened is where it stays:
  // choosing draws the table anew, and a menu that moves under a click loses it.
  const [opened, setOpened] = useState(() => openedAt(question));
  if (question && question !== opened?.question) setOpened(openedAt(question));
  const { question: shown, rect } = opened ?? {};
  const { pointAt, announce, focusFrame } = useTable();
  return (
    <DropdownMenu
      open={question !== null}
      onOpenChange={(open) => {
        if (open) return;
        pointAt(null);
        onClose();
      }}
    >
      <DropdownMenuTrigger asChild>
        <span
          aria-hidden="true"
          tabIndex={-1}
          className="pointer-events-none fixed"
          style={{
            left: rect?.left ?? 0,
            top: rect?.top ?? 0,
            width: rect?.width ?? 0,
            height: rect?.height ?? 0,
          }}
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent
        align="start"
        className="max-h-96 w-64"
        aria-label={shown?.kind === 'photo' ? `Move ${shown.photo.name}` : 'Merge the scene'}
        onEscapeKeyDown={() => announce('Nothing was moved.')}
        onCloseAutoFocus={(event) => {
          event.preventDefault();
          if (shown?.kind === 'scene') shown.anchor.focus();
          // It may have been drawn anew, in another scene.
          if (shown?.kind === 'photo') focusFrame(shown.photo.id);
        }}
      >
        {shown?.kind === 'photo' ? <PhotoItems photo={shown.photo} /> : null}
        {shown?.kind === 'scene' ? <MergeItems scene={shown.scene} /> : null}
      </DropdownMenuContent>
    </DropdownMenu>
  );
}

function openedAt(question: MoveQuestion | null) {
  return question && { question, rect: question.anchor.getBoundingClientRect() };
}

function PhotoItems({ photo }: { photo: Photo }) {
  const { scenes, movePhoto, deletePhoto, pointAt } = useTable();
  const from = sceneOf(scenes, photo.id);
  return (
    <>
      <DropdownMenuLabel className="truncate">Move {photo.name} to</DropdownMenuLabel>
      {from && from.photos.length > 1 ? (
        <DropdownMenuItem
          onFocus={() => pointAt(newSceneTarget)}
          onSelect={() => movePhoto(photo, null)}
        >
          <ImagePlus />A new scene
        </DropdownMenuItem>
      ) : null}
      <SceneItems
        scenes={scenes.filter(({ id }) => id !== from?.id)}
        frames={1}
        onChoose={(scene) => movePhoto(photo, scene.id)}
      />
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild onFocus={() => pointAt(null)}>
        <a href={`${photo.urls.original}?download=1`} download>
          <Download />
          Download original
        </a>
      </DropdownMenuItem>
      <DropdownMenuItem
        tone="danger"
        onFocus={() => pointAt(null)}
        onSelect={() => deletePhoto(photo)}
      >
        <Trash2 />
        Delete photo
      </DropdownMenuItem>
    </>
  );
}

function MergeItems({ scene }: { scene: Scene }) {
  const { scenes, mergeScenes } = useTable();
  return (
    <>
      <DropdownMenuLabel>Merge {sceneName(scene)} into</DropdownMenuLabel>
      <SceneItems
        scenes={scenes.filter(({ id }) => id !== scene.id)}
        frames={scene.photos.length}
        onChoose={(into) => mergeScenes([scene], into)}
      />
    </>
  );
}
