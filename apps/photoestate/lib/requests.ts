import { counted } from './listing-status.ts';
import type { OpenRequest } from './trpc.ts';

type Kinds = readonly Pick<OpenRequest, 'kind'>[];

/** "1 request · 2 comments" */
export function requestsText(requests: Kinds): string {
  const changes = requests.filter(({ kind }) => kind === 'change').length;
  const comments = requests.length - changes;
  return [
    changes > 0 ? counted(changes, 'request') : '',
    comments > 0 ? counted(comments, 'comment') : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** The studio counts scenes, the client photos of a delivery: neither is to be taken for the other. */
export function photoOfDelivery({ number, title }: { number: number; title: string | null }) {
  return title ? `${title} (photo ${number} of the delivery)` : `Photo ${number} of the delivery`;
}

/** Where the studio answers it: among what came back, on the page of the delivery. */
export function requestPath(listingId: string, id: string): string {
  return `/listings/${listingId}/deliver?about=${encodeURIComponent(id)}`;
}

/** In words what a pin shows. */
export function spotText({ x, y }: { x: number; y: number }): string {
  return `${Math.round(x * 100)} % from the left, ${Math.round(y * 100)} % from the top`;
}
