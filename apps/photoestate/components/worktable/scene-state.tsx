'use client';

import { Button, buttonVariants } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Progress } from '@repo/ui/progress';
import { CircleAlert, RotateCw } from 'lucide-react';
import Link from 'next/link';
import { workText } from '../../lib/report.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Enhancement, Scene } from '../../lib/trpc.ts';
import { useKeepSettings } from '../batch/use-settings.ts';
import { settingsOf } from '../enhance/look.ts';
import { PresetMenu } from '../enhance/preset-menu.tsx';
import { useSceneWork } from '../enhance/use-scene-work.ts';
import { useTable } from './table-context.tsx';

/** The last row of a scene: what happens, what happened, and what to do next. */
export function SceneState({ scene }: { scene: Scene }) {
  const { enhancement } = scene;
  switch (enhancement?.status) {
    case 'queued':
    case 'running':
      return <Working scene={scene} enhancement={enhancement} />;
    case 'failed':
      return <Failed scene={scene} enhancement={enhancement} />;
    default:
      return <Resting scene={scene} />;
  }
}

/** One element for all of it: there are many of these. */
const ROW = 'col-span-full mt-auto flex min-h-13 items-center border-t px-3 py-2.5';

type WithEnhancement = { scene: Scene; enhancement: Enhancement };

function Working({ scene, enhancement }: WithEnhancement) {
  const { cancel } = useSceneWork(scene);
  const waiting = enhancement.status === 'queued';
  const percent = waiting ? 0 : Math.round(enhancement.progress * 100);
  return (
    <div className={cn(ROW, 'gap-3')}>
      <div className="min-w-0 flex-1">
        <p className="flex justify-between gap-3 text-xs leading-4">
          <span className="truncate text-muted-foreground">{workText(enhancement)}</span>
          {waiting ? null : <span className="tabular-nums">{percent} %</span>}
        </p>
        <Progress value={percent} label={`Enhancement of ${sceneName(scene)}`} className="mt-1.5" />
      </div>
      <Button
        size="sm"
        variant="ghost"
        busy={cancel.isPending}
        onClick={() => cancel.mutate({ enhancementId: enhancement.id })}
      >
        Cancel
      </Button>
    </div>
  );
}

function Failed({ scene, enhancement }: WithEnhancement) {
  const { retry, start } = useSceneWork(scene);
  const { failure } = enhancement;
  return (
    <div className={cn(ROW, 'flex-wrap justify-between gap-x-3 gap-y-2')}>
      <p className="flex min-w-0 flex-1 basis-44 gap-2 text-danger text-xs leading-4">
        <CircleAlert aria-hidden="true" className="mt-px size-3.5 shrink-0" />
        <span className="[overflow-wrap:anywhere]">
          {failure?.reason ?? 'The photo could not be finished.'}
        </span>
      </p>
      <div className="flex gap-1.5">
        {scene.result ? <CompareLink scene={scene} /> : null}
        <Button
          size="sm"
          busy={retry.isPending || start.isPending}
          onClick={() => retry.mutate({ enhancementId: enhancement.id })}
        >
          <RotateCw />
          Retry
        </Button>
      </div>
    </div>
  );
}

function Resting({ scene }: { scene: Scene }) {
  const { start } = useSceneWork(scene);
  const keep = useKeepSettings(scene.listingId);
  const { result } = scene;
  return (
    <div className={cn(ROW, 'justify-between gap-2 text-muted-foreground text-xs leading-4')}>
      {result ? <CompareLink scene={scene} /> : restingText(scene)}
      <PresetMenu
        of={{ listingId: scene.listingId, sceneId: scene.id }}
        initial={settingsOf(scene)}
        onKeep={(look) => keep([scene], look)}
        onChoose={(look) => start.mutate({ sceneId: scene.id, ...look })}
      >
        <Button
          size="sm"
          busy={start.isPending}
          aria-label={`${result ? 'Enhance again' : 'Enhance'}: ${sceneName(scene)}`}
          // The arrow of a menu, without the elements of an icon.
          className="after:-translate-y-0.5 after:size-1.5 after:rotate-45 after:border-muted-foreground after:border-r-[1.5px] after:border-b-[1.5px]"
        >
          {result ? 'Enhance again' : 'Enhance'}
        </Button>
      </PresetMenu>
    </div>
  );
}

/** Of a scene without a result to show. */
function restingText({ enhancement, settings }: Scene): string {
  const status = enhancement?.status;
  if (enhancement?.review?.state === 'rejected') return 'Rejected, its credit was given back';
  if (status === undefined && settings !== null) return 'Has settings of its own';
  if (status === 'cancelled') return 'Cancelled';
  // The news of its end comes a moment before the picture.
  return status === 'done' ? 'Finished, loading …' : 'Not enhanced yet';
}

function CompareLink({ scene }: { scene: Scene }) {
  const { listingId } = useTable();
  return (
    <Link
      href={`/listings/${listingId}/scenes/${scene.id}`}
      prefetch={false}
      aria-label={`Compare ${sceneName(scene)}`}
      className={buttonVariants({ size: 'sm' })}
    >
      Compare
    </Link>
  );
}
