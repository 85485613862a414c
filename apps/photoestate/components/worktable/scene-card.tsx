'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { Checkbox } from '@repo/ui/checkbox';
import { cn } from '@repo/ui/cn';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@repo/ui/dropdown-menu';
import {
  ClipboardCopy,
  ClipboardPaste,
  Combine,
  MessageCircle,
  Scissors,
  Trash2,
} from 'lucide-react';
import Link from 'next/link';
import { type CSSProperties, memo, useRef } from 'react';
import { middleExposure } from '../../lib/exposure.ts';
import { counted } from '../../lib/listing-status.ts';
import { coverSet } from '../../lib/pictures.ts';
import { requestsText } from '../../lib/requests.ts';
import { hasRoom, sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { useSelection } from '../batch/selection.tsx';
import { useCopiedSettings, useKeepSettings } from '../batch/use-settings.ts';
import { Stars } from '../compare/stars.tsx';
import { Thumb } from '../thumb.tsx';
import { FrameStrip } from './frame-strip.tsx';
import { isBusy } from './listing-live.tsx';
import { SceneState } from './scene-state.tsx';
import { useTable } from './table-context.tsx';

type CardProps = {
  scene: Scene;
  eager: boolean;
  /** Where it is among all, and in the document; see `useVirtualLines`. */
  index: number;
  line: number | undefined;
  style: CSSProperties | undefined;
  count: number;
  measure: (element: HTMLElement | null) => void;
};

/** Its first line lies in the card's own grid, without an element of its own: there are many cards. */
const CARD =
  'grid min-w-0 grid-cols-[auto_minmax(0,max-content)_minmax(0,1fr)_auto_auto] grid-rows-[2.75rem_auto_auto_1fr] items-center gap-x-2 overflow-hidden rounded-lg border bg-card';

/** Drawn anew only when something of its own changes: while the page scrolls, others come and go beside it. */
export const SceneCard = memo(function SceneCard(props: CardProps) {
  const { scene, eager, index, line, style, count, measure } = props;
  const { target, held } = useTable();
  const { has, toggle } = useSelection();
  const chosen = has(scene.id);
  const aimedAt = target === scene.id && !scene.photos.some(({ id }) => id === held?.id);
  const takesIt = held === null || hasRoom(scene);
  return (
    <li
      ref={line === undefined ? undefined : measure}
      data-index={line}
      data-drop={scene.id}
      aria-posinset={index + 1}
      aria-setsize={count}
      style={style}
      data-keys="scene"
      className={cn(
        CARD,
        chosen && 'border-primary',
        aimedAt && takesIt && 'border-primary outline-2 outline-primary',
        aimedAt && !takesIt && 'border-danger outline-2 outline-danger',
      )}
    >
      <Checkbox
        checked={chosen}
        aria-label={`Select ${sceneName(scene)}`}
        aria-keyshortcuts="x"
        onClick={(event) => {
          event.preventDefault();
          toggle(scene.id, event.shiftKey);
        }}
        className="ms-3.5"
      />
      <h2 className="truncate font-medium text-sm">{sceneName(scene)}</h2>
      <span className="truncate text-muted-foreground text-xs tabular-nums">
        {counted(scene.photos.length, 'exposure')}
      </span>
      <SceneBadge scene={scene} />
      <SceneMenu scene={scene} />
      <Cover scene={scene} eager={eager} />
      <FrameStrip scene={scene} />
      <SceneState scene={scene} />
    </li>
  );
});

function SceneBadge({ scene: { enhancement, result } }: { scene: Scene }) {
  if (enhancement?.review?.state === 'rejected') return <Badge tone="danger">Rejected</Badge>;
  if (enhancement?.status === 'failed') return <Badge tone="danger">Failed</Badge>;
  if (result?.outdated) return <Badge tone="warning">Frames changed</Badge>;
  if (result?.review?.state === 'flagged') return <Badge tone="warning">Needs review</Badge>;
  if (result) return <Badge tone="success">Finished</Badge>;
  return null;
}

function Cover({ scene, eager }: { scene: Scene; eager: boolean }) {
  const { listingId, requests } = useTable();
  const { result, enhancement } = scene;
  const asked = requestsText(requests.get(scene.id) ?? []);
  const look = enhancement?.firstLook;
  const src = look?.url ?? result?.urls?.thumb ?? middleExposure(scene.photos)?.urls.thumb;
  const label = result
    ? `Compare the finished photo of ${sceneName(scene)} with its exposures`
    : `Open ${sceneName(scene)}`;
  const rated = scene.rating > 0 ? `, ${scene.rating} of 5 stars` : '';
  return (
    <Link
      href={`/listings/${listingId}/scenes/${scene.id}`}
      prefetch={false}
      draggable={false}
      data-cover
      data-keys="peekable"
      aria-keyshortcuts="x Space"
      aria-label={`${label}${rated}${asked && `, ${asked} of clients`}`}
      className={cn(
        'relative col-span-full block aspect-3/2 overflow-hidden bg-canvas focus-visible:-outline-offset-2',
        // Drawn without an element of its own: there are hundreds of cards.
        result &&
          'after:absolute after:end-2 after:bottom-2 after:rounded-sm after:bg-black/70 after:px-2 after:py-1 after:font-medium after:text-white after:text-xs after:opacity-0 after:transition-opacity after:content-["Compare"] hover:after:opacity-100 focus-visible:after:opacity-100',
      )}
    >
      {src ? (
        <Thumb
          src={src}
          srcSet={coverSet(src)}
          sizes="(min-width: 640px) 480px, 100vw"
          alt=""
          eager={eager}
          className={cn('size-full object-cover', isBusy(scene) && !look && 'opacity-60')}
        />
      ) : null}
      {look ? (
        <span className="absolute start-2 top-2 rounded-sm bg-black/65 px-2 py-1 font-medium text-white text-xs">
          First look
        </span>
      ) : null}
      {asked ? (
        <Badge tone="warning" className="absolute end-2 top-2 bg-black/75 text-white">
          <MessageCircle aria-hidden="true" />
          {asked}
        </Badge>
      ) : null}
      <Stars rating={scene.rating} className="absolute start-2 bottom-2" />
    </Link>
  );
}

function SceneMenu({ scene }: { scene: Scene }) {
  const { askWhere, splitScene, deleteScenes, scenes, listingId } = useTable();
  const { copied, copy } = useCopiedSettings();
  const keep = useKeepSettings(listingId);
  const button = useRef<HTMLButtonElement>(null);
  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button
          ref={button}
          size="icon-sm"
          variant="ghost"
          aria-label={`More for ${sceneName(scene)}`}
          className="col-start-5 me-1.5 before:content-['⋯']"
        />
      </DropdownMenuTrigger>
      <DropdownMenuContent align="end">
        <DropdownMenuItem
          disabled={scenes.length < 2}
          onSelect={() => {
            const anchor = button.current;
            // After this menu has closed and given the focus back.
            if (anchor) setTimeout(() => askWhere({ kind: 'scene', scene, anchor }), 0);
          }}
        >
          <Combine />
          Merge into another scene
        </DropdownMenuItem>
        <DropdownMenuItem disabled={scene.photos.length < 2} onSelect={() => splitScene(scene)}>
          <Scissors />
          Split into single photos
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem onSelect={() => copy(scene)}>
          <ClipboardCopy />
          Copy settings
        </DropdownMenuItem>
        <DropdownMenuItem
          disabled={copied === undefined}
          onSelect={() => copied && keep([scene], copied.look)}
        >
          <ClipboardPaste />
          Paste settings
        </DropdownMenuItem>
        <DropdownMenuSeparator />
        <DropdownMenuItem tone="danger" onSelect={() => deleteScenes([scene])}>
          <Trash2 />
          Delete scene
        </DropdownMenuItem>
      </DropdownMenuContent>
    </DropdownMenu>
  );
}
