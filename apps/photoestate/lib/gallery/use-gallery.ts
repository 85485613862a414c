'use client';

import { toast } from '@repo/ui/toaster';
import { type Dispatch, type SetStateAction, useEffect, useEffectEvent, useState } from 'react';
import {
  type Decision,
  type Door,
  type Gallery,
  type NewComment,
  openGallery,
  sendComment,
  sendDecision,
  sendFavourite,
  takeBackComment,
} from './api.ts';

/** While copies are being made. */
const AGAIN_MS = 4_000;
const NAME_KEY = 'photoestate-gallery-name';

function storedName(): string {
  try {
    return localStorage.getItem(NAME_KEY) ?? '';
  } catch {
    return '';
  }
}

function storeName(name: string) {
  try {
    localStorage.setItem(NAME_KEY, name);
  } catch {
    // Then it is asked for again.
  }
}

export type GalleryActions = {
  /** What the visitor is called; empty until they said. */
  name: string;
  favourite(photoId: string, on: boolean): void;
  comment(input: Omit<NewComment, 'name'>, name: string): Promise<boolean>;
  takeBack(commentId: string): void;
  decide(
    input: { photoId: string | null; decision: Decision | null; note?: string },
    name: string,
  ): Promise<boolean>;
};

const failed = (title: string) => (error: unknown) => {
  toast.error(title, { description: error instanceof Error ? error.message : undefined });
  return false;
};

/** A gallery that was opened, kept up to date, and what a visitor does with it. */
export function useGallery(door: Door, initial: Gallery) {
  const [gallery, setGallery] = useState(initial);
  const [name, setName] = useState('');
  const refresh = useEffectEvent(async () => {
    const opened = await openGallery(door).catch(() => undefined);
    // Pictures that are shown keep their addresses: with another ticket they would be fetched again.
    if (opened) setGallery((before) => ({ ...opened, ticket: before.ticket }));
  });
  useEffect(() => {
    setName(storedName());
    // It counts the visit, and says who this is.
    void refresh();
  }, []);
  const waiting = gallery.prepared < gallery.photos.length;
  useEffect(() => {
    if (!waiting) return;
    const timer = setInterval(() => void refresh(), AGAIN_MS);
    return () => clearInterval(timer);
  }, [waiting]);
  const keepName = (called: string) => {
    setName(called);
    storeName(called);
  };
  const known = gallery.visitor?.name || name;
  return { gallery, actions: actionsOf(gallery.id, { known, setGallery, keepName }) };
}

type Hands = {
  known: string;
  setGallery: Dispatch<SetStateAction<Gallery>>;
  keepName: (name: string) => void;
};

/** Shown at once, taken back if refused. */
function actionsOf(id: string, { known, setGallery, keepName }: Hands): GalleryActions {
  const change = (photoId: string, to: Partial<Gallery['photos'][number]>) =>
    setGallery((before) => ({
      ...before,
      photos: before.photos.map((photo) => (photo.id === photoId ? { ...photo, ...to } : photo)),
    }));
  return {
    name: known,
    favourite(photoId, on) {
      change(photoId, { favourite: on });
      sendFavourite(id, { photoId, on }).catch((error: unknown) => {
        change(photoId, { favourite: !on });
        failed('The favourite was not kept')(error);
      });
    },
    comment(input, called) {
      keepName(called);
      return sendComment(id, { ...input, name: called }).then((comment) => {
        setGallery((before) => ({ ...before, comments: [...before.comments, comment] }));
        return true;
      }, failed('The comment was not sent'));
    },
    takeBack(commentId) {
      const others = (before: Gallery) =>
        before.comments.filter((each) => each.id !== commentId && each.replyTo !== commentId);
      takeBackComment(id, commentId).then(
        () => setGallery((before) => ({ ...before, comments: others(before) })),
        failed('The comment is still there'),
      );
    },
    decide({ photoId, decision, note }, called) {
      keepName(called);
      const input = { name: called, photoId, decision, note: note ?? null };
      return sendDecision(id, input).then((decided) => {
        if (photoId === null) setGallery((before) => ({ ...before, decided }));
        else change(photoId, { decided });
        return true;
      }, failed('Your answer was not kept'));
    },
  };
}
