'use client';

import { mainId } from '@repo/ui/app-shell';
import { Badge } from '@repo/ui/badge';
import { Button, buttonVariants } from '@repo/ui/button';
import { RelativeTime } from '@repo/ui/time';
import { toast } from '@repo/ui/toaster';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import Link from 'next/link';
import { useLayoutEffect, useRef } from 'react';
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
  const { row, pressed } = useFocusGoingOn();
  return (
    <li ref={row} className="text-sm">
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
            onClick={() => {
              pressed.current = true;
              resolve.mutate({ commentId: id, resolved: true });
            }}
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

/** Who resolved it goes on with the one beside it, or with the page when it was the last. */
function useFocusGoingOn() {
  const row = useRef<HTMLLIElement>(null);
  // A busy button gives the focus up before it goes.
  const pressed = useRef(false);
  useLayoutEffect(() => {
    const item = row.current;
    return () => {
      if (!item || !(pressed.current || item.contains(document.activeElement))) return;
      const next = item.nextElementSibling ?? item.previousElementSibling;
      // Once it is out of the document, or everything around it, too.
      setTimeout(() => {
        if (item.isConnected || document.activeElement !== document.body) return;
        const control = next?.isConnected ? next.querySelector<HTMLElement>('button, a') : null;
        (control ?? document.getElementById(mainId))?.focus({ preventScroll: true });
      }, 0);
    };
  }, []);
  return { row, pressed };
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
