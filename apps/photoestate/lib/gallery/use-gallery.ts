'use client';

import { toast } from '@repo/ui/toaster';
import { type Dispatch, type SetStateAction, useEffect, useEffectEvent, useState } from 'react';
import {
  type Door,
  type Gallery,
  GalleryError,
  type NewComment,
  type NewDecision,
  openGallery,
  type PhotoAnswer,
  sendComment,
  sendDecision,
  sendFavourite,
  takeBackComment,
} from './api.ts';
import { Wishes } from './wishes.ts';

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

type Choice = Pick<NewDecision, 'photoId' | 'decision' | 'open' | 'seen'> & { note?: string };

/** Somebody else asked for changes meanwhile: what becomes of them has to be said first. */
export type Outcome = 'kept' | 'failed' | 'to-be-asked';

export type GalleryActions = {
  /** What the visitor is called; empty until they said. */
  name: string;
  favourite(photoId: string, on: boolean): void;
  comment(input: Omit<NewComment, 'name'>, name: string): Promise<boolean>;
  takeBack(commentId: string): void;
  decide(input: Choice, name: string): Promise<Outcome>;
};

const failed = (title: string) => (error: unknown) => {
  toast.error(title, { description: error instanceof Error ? error.message : undefined });
  return false;
};

/** A gallery that was opened, kept up to date, and what a visitor does with it. */
export function useGallery(door: Door, initial: Gallery) {
  const [gallery, setGallery] = useState(initial);
  const [name, setName] = useState('');
  const [wishes] = useState(() => wishesOf(initial.id, setGallery));
  const refresh = useEffectEvent(async () => {
    const askedAt = wishes.now();
    const opened = await openGallery(door).catch(() => undefined);
    if (!opened) return;
    const photos = wishes.over(opened.photos, askedAt);
    // Pictures that are shown keep their addresses: with another ticket they would be fetched again.
    setGallery((before) => ({ ...opened, photos, ticket: before.ticket }));
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
  return { gallery, actions: actionsOf(gallery.id, { known, setGallery, keepName, wishes }) };
}

type SetGallery = Dispatch<SetStateAction<Gallery>>;

type Hands = {
  known: string;
  setGallery: SetGallery;
  keepName: (name: string) => void;
  wishes: Wishes;
};

type Photo = Gallery['photos'][number];

const withPhoto = (gallery: Gallery, photoId: string, to: Partial<Photo>): Gallery => ({
  ...gallery,
  photos: gallery.photos.map((photo) => (photo.id === photoId ? { ...photo, ...to } : photo)),
});

const withAnswers = (gallery: Gallery, answers: readonly PhotoAnswer[]): Gallery =>
  answers.reduce<Gallery>((before, { id, decided }) => withPhoto(before, id, { decided }), gallery);

const wishesOf = (id: string, setGallery: SetGallery) =>
  new Wishes({
    send: (wish) => sendFavourite(id, wish),
    show: ({ photoId, on }) =>
      setGallery((before) => withPhoto(before, photoId, { favourite: on })),
    failed: failed('The favourite was not kept'),
  });

function actionsOf(id: string, { known, setGallery, keepName, wishes }: Hands): GalleryActions {
  return {
    name: known,
    favourite(photoId, on) {
      wishes.wish({ photoId, on });
    },
    comment(input, called) {
      keepName(called);
      return sendComment(id, { ...input, name: called }).then((comment) => {
        // One whose answer was lost may be among them already.
        const others = (before: Gallery) => before.comments.filter(({ id }) => id !== comment.id);
        setGallery((before) => ({ ...before, comments: [...others(before), comment] }));
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
    decide({ photoId, decision, note, open, seen }, called) {
      keepName(called);
      const input = { name: called, photoId, decision, note: note ?? null, open, seen };
      return sendDecision(id, input).then(
        ({ decided, photos }): Outcome => {
          if (photoId === null)
            setGallery((before) => ({ ...withAnswers(before, photos), decided }));
          else setGallery((before) => withPhoto(before, photoId, { decided }));
          return 'kept';
        },
        (error: unknown): Outcome => {
          const asked = error instanceof GalleryError ? error.photos : undefined;
          if (asked) {
            setGallery((before) => withAnswers(before, asked));
            if (open === undefined) return 'to-be-asked';
          }
          failed('Your answer was not kept')(error);
          return 'failed';
        },
      );
    },
  };
}
