'use client';

import { Badge } from '@repo/ui/badge';
import { Button, buttonVariants } from '@repo/ui/button';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { photoOfDelivery, requestPath } from '../../lib/requests.ts';
import { describeError, type OpenRequest, type Scene, useTRPC } from '../../lib/trpc.ts';
import { PinnedThumb } from './pinned-thumb.tsx';

type Props = { scene: Scene; requests: readonly OpenRequest[] };

/** What clients said of this scene's photo and wait for, beside the photo itself. */
export function SceneRequests({ scene, requests }: Props) {
  return (
    <ul className="flex flex-col gap-4">
      {requests.map((request) => (
        <Request key={request.id} scene={scene} request={request} />
      ))}
    </ul>
  );
}

function Request({ scene, request }: { scene: Scene; request: OpenRequest }) {
  const { id, kind, by, at, words, spot } = request;
  const resolve = useResolve(scene.listingId);
  const name = photoOfDelivery(request);
  return (
    <li className="text-sm">
      <p className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <span className="font-medium">{by}</span>
        {kind === 'change' ? (
          <Badge tone="warning">Change asked for</Badge>
        ) : (
          <Badge>Comment</Badge>
        )}
        <RelativeTime value={at} className="text-muted-foreground text-xs" />
      </p>
      <div className="mt-1.5 flex items-start gap-3">
        {spot ? <PinnedThumb photo={request} name={name} spot={spot} className="w-24" /> : null}
        <p className="min-w-0 flex-1 whitespace-pre-line break-words">
          {words ?? 'What should be different was not said.'}
        </p>
      </div>
      <p className="mt-1 text-muted-foreground text-xs">
        {name}
        {kind === 'change' ? `. ${nextStep(scene, request)}` : ''}
      </p>
      <div className="mt-1.5 flex flex-wrap gap-1.5">
        {kind === 'comment' ? (
          <Button
            size="sm"
            busy={resolve.isPending}
            onClick={() => resolve.mutate({ commentId: id, resolved: true })}
          >
            Resolve
          </Button>
        ) : null}
        <Link
          href={requestPath(scene.listingId, id)}
          className={buttonVariants({ size: 'sm', variant: 'ghost' })}
        >
          {kind === 'comment' ? 'Open in Deliver to reply' : 'Open in Deliver'}
        </Link>
      </div>
    </li>
  );
}

/** A change is answered by another version; nothing else closes it, but the client. */
function nextStep({ result }: Scene, { enhancementId }: OpenRequest): string {
  return result !== null && result.id !== enhancementId
    ? 'Another version is finished: save the delivery with it, and this is answered.'
    : 'It is answered by delivering another version.';
}

function useResolve(listingId: string) {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const resolve = useMutation(
    trpc.delivery.moderate.mutationOptions({
      onSuccess: (_, { commentId, resolved }) => {
        if (!resolved) return;
        toast.success('The comment is resolved', {
          action: {
            label: 'Undo',
            onClick: () => resolve.mutate({ commentId, resolved: false }),
          },
        });
      },
      onError: (error) =>
        void toast.error('The comment is as it was', { description: describeError(error).message }),
      onSettled: () =>
        Promise.all([
          queries.invalidateQueries({ queryKey: trpc.delivery.requests.queryKey({ listingId }) }),
          queries.invalidateQueries({ queryKey: trpc.delivery.list.queryKey({ listingId }) }),
        ]),
    }),
  );
  return resolve;
}
