'use client';

import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { Progress } from '@repo/ui/progress';
import { CircleAlert, RotateCw, WandSparkles } from 'lucide-react';
import { workText } from '../../lib/report.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { PresetMenu } from '../enhance/preset-menu.tsx';
import { useSceneWork } from '../enhance/use-scene-work.ts';

/** What the scene is waiting for, over the photo's lower edge. */
export function StageNotice({ scene }: { scene: Scene }) {
  const { enhancement, result } = scene;
  const status = enhancement?.status;
  if (status === 'queued' || status === 'running') return <Working scene={scene} />;
  if (status === 'failed') return <Failed scene={scene} />;
  return result ? null : <NotYet scene={scene} />;
}

const panel =
  'absolute inset-x-0 bottom-4 mx-auto w-[min(24rem,calc(100%-2rem))] rounded-lg border bg-popover px-4 py-3 text-sm shadow-dialog';

/** There is something to look at already: it should not be covered. */
const quiet = 'w-[min(17rem,calc(100%-2rem))] px-3 py-2 text-xs shadow-popover';

function Working({ scene }: { scene: Scene }) {
  const { cancel } = useSceneWork(scene);
  const { enhancement } = scene;
  if (!enhancement) return null;
  const percent = Math.round(enhancement.progress * 100);
  return (
    <div className={cn(panel, enhancement.firstLook && quiet)}>
      <div className="flex items-center justify-between gap-3">
        <p className="truncate">{workText(enhancement)}</p>
        <Button
          size="sm"
          variant="ghost"
          busy={cancel.isPending}
          onClick={() => cancel.mutate({ enhancementId: enhancement.id })}
        >
          Cancel
        </Button>
      </div>
      <Progress
        value={enhancement.status === 'queued' ? 0 : percent}
        label={`Enhancement of ${sceneName(scene)}`}
        className="mt-1.5"
      />
    </div>
  );
}

function Failed({ scene }: { scene: Scene }) {
  const { retry } = useSceneWork(scene);
  const { enhancement } = scene;
  if (!enhancement) return null;
  return (
    <div role="alert" className={`${panel} flex items-center gap-3`}>
      <CircleAlert aria-hidden="true" className="size-4 shrink-0 text-danger" />
      <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {enhancement.failure?.reason ?? 'The photo could not be finished.'}
      </p>
      <Button
        size="sm"
        busy={retry.isPending}
        onClick={() => retry.mutate({ enhancementId: enhancement.id })}
      >
        <RotateCw />
        Retry
      </Button>
    </div>
  );
}

function NotYet({ scene }: { scene: Scene }) {
  const { start } = useSceneWork(scene);
  return (
    <div className={`${panel} flex items-center justify-between gap-3`}>
      <p>Not enhanced yet</p>
      <PresetMenu
        of={{ listingId: scene.listingId, sceneId: scene.id }}
        onChoose={(look) => start.mutate({ sceneId: scene.id, ...look })}
      >
        <Button size="sm" variant="primary" busy={start.isPending}>
          <WandSparkles />
          Enhance
        </Button>
      </PresetMenu>
    </div>
  );
}
