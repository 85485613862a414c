import type {
  Answered,
  Decision,
  Gallery,
  GalleryComment,
  PhotoAnswer,
} from '@repo/photoestate/router';

export type {
  Decided,
  Decision,
  Gallery,
  GalleryComment,
  GalleryPhoto,
  PhotoAnswer,
} from '@repo/photoestate/router';

/** How a gallery is opened: by its link, or by a member to whom it was delivered. */
export type Door = { token: string } | { deliveryId: string };

export class GalleryError extends Error {
  override readonly name = 'GalleryError';
  readonly code: string;
  readonly requestId: string | undefined;
  /** Seconds after which it may be tried again. */
  readonly retryAfter: number | undefined;
  /** Photos of which others ask for changes, which this page did not know when it approved all. */
  readonly photos: readonly PhotoAnswer[] | undefined;

  constructor({ code, message, requestId, details }: Refusal, retryAfter?: number) {
    super(message);
    this.code = code;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
    this.photos = details?.photos;
  }
}

type Refusal = {
  code: string;
  message: string;
  requestId?: string;
  details?: { photos?: readonly PhotoAnswer[] };
};

const UNREACHED = {
  code: 'unreachable',
  message: 'The server could not be reached. Check the connection and try again.',
};

async function call<T>(path: string, body?: object, method = 'POST'): Promise<T> {
  const response = await fetch(`/api/gallery/${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new GalleryError(UNREACHED);
  });
  const answer = await response.json().catch(() => ({ error: UNREACHED }));
  if (!response.ok) {
    const wait = Number(response.headers.get('retry-after'));
    throw new GalleryError(answer.error ?? UNREACHED, wait > 0 ? wait : undefined);
  }
  return answer;
}

/** Until the gallery is open the browser has no cookie for it: what is done before waits. */
let opening: Promise<unknown> = Promise.resolve();

export function openGallery(door: Door, pin?: string): Promise<Gallery> {
  const opened = open(door, pin);
  opening = opened.catch(() => undefined);
  return opened;
}

function open(door: Door, pin?: string): Promise<Gallery> {
  return 'token' in door
    ? call('open', { token: door.token, ...(pin === undefined ? {} : { pin }) })
    : call(`${door.deliveryId}/open`, {});
}

async function visit<T>(path: string, body?: object, method = 'POST'): Promise<T> {
  await opening;
  return call(path, body, method);
}

export function sendFavourite(
  id: string,
  input: { photoId: string; on: boolean },
): Promise<unknown> {
  return visit(`${id}/favourite`, input);
}

export type NewComment = {
  /** Made by who writes it: sent again, it is the same comment. */
  id: string;
  name: string;
  body: string;
  photoId: string | null;
  spot: { x: number; y: number } | null;
  replyTo: string | null;
};

export function sendComment(id: string, input: NewComment): Promise<GalleryComment> {
  return visit(`${id}/comments`, input);
}

export function takeBackComment(id: string, commentId: string): Promise<unknown> {
  return visit(`${id}/comments/${commentId}`, undefined, 'DELETE');
}

export type NewDecision = {
  name: string;
  photoId: string | null;
  decision: Decision | null;
  note: string | null;
  /** What becomes of photos of which changes are asked for when all are approved. */
  open?: 'approve' | 'leave' | undefined;
  /** Of which it is known that changes are asked for. */
  seen?: readonly string[] | undefined;
};

export function sendDecision(id: string, input: NewDecision): Promise<Answered> {
  return visit(`${id}/decide`, input);
}
