'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { cn } from '@repo/ui/cn';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { adjustmentTexts } from '../../lib/adjustments.ts';
import { versionName } from '../../lib/compare/sides.ts';
import { describeError, type Enhancement, type Scene, useTRPC } from '../../lib/trpc.ts';
import { usePresetLabel } from '../enhance/use-presets.ts';
import { Thumb } from '../thumb.tsx';

type Props = {
  scene: Scene;
  versions: readonly Enhancement[];
  current: string | undefined;
  onChoose: (enhancementId: string) => void;
};

/** Every finished version, newest first. Nothing is overwritten: each can be looked at and restored. */
export function Versions({ scene, versions, current, onChoose }: Props) {
  const labelOf = usePresetLabel();
  const restore = useRestore(scene);
  return (
    <ul className="-mx-2 flex flex-col">
      {versions.map((version) => {
        const name = versionName(version, versions, labelOf);
        const isResult = version.id === scene.result?.id;
        return (
          <li
            key={version.id}
            className={cn(
              'flex items-center rounded-md hover:bg-muted',
              version.id === current && 'bg-hover hover:bg-hover',
            )}
          >
            <button
              type="button"
              aria-pressed={version.id === current}
              onClick={() => onChoose(version.id)}
              className="flex min-w-0 flex-1 items-center gap-3 rounded-md px-2 py-1.5 text-start"
            >
              <span className="h-10 w-15 shrink-0 overflow-hidden rounded-sm bg-canvas">
                {version.urls ? (
                  <Thumb src={version.urls.thumb} alt="" className="size-full object-cover" />
                ) : null}
              </span>
              <span className="min-w-0 flex-1">
                <span className="block truncate text-sm">
                  {name}
                  {adjustmentTexts(version.adjustments).length > 0 ? ', adjusted' : ''}
                </span>
                <span className="block truncate text-muted-foreground text-xs">
                  {version.outdated ? 'From other frames · ' : ''}
                  <RelativeTime value={version.finishedAt ?? version.createdAt} />
                </span>
              </span>
              {isResult ? <Badge>Result</Badge> : null}
            </button>
            {isResult || version.review?.state === 'rejected' ? null : (
              <Button
                size="icon"
                variant="ghost"
                className="me-1"
                aria-label={`Restore ${name}`}
                title="Make this the result again"
                busy={restore.isPending && restore.variables.enhancementId === version.id}
                onClick={() => restore.mutate({ enhancementId: version.id })}
              >
                <RotateCcw />
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Makes an older version the result again; what was it before is one press away. */
function useRestore({ id: sceneId, listingId, result }: Scene) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const before = result?.id;
  const restore = useMutation(
    trpc.enhancement.restore.mutationOptions({
      onSuccess: (version) => {
        queries.setQueryData(trpc.scene.list.queryKey({ listingId }), (scenes) =>
          scenes?.map((scene) => (scene.id === sceneId ? { ...scene, result: version } : scene)),
        );
        toast.success('This version is the result again', {
          ...(before && {
            action: { label: 'Undo', onClick: () => restore.mutate({ enhancementId: before }) },
          }),
        });
      },
      onError: (error) =>
        void toast.error('The version was not restored', {
          description: describeError(error).message,
        }),
      onSettled: () => {
        void queries.invalidateQueries({ queryKey: trpc.scene.list.queryKey({ listingId }) });
        void queries.invalidateQueries({
          queryKey: trpc.enhancement.listForScene.queryKey({ sceneId }),
        });
      },
    }),
  );
  return restore;
}
