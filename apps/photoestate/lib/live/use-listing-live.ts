'use client';

import { type QueryClient, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { type Scene, useTRPC } from '../trpc.ts';
import { type EnhancementNews, followListing, type ListingNews } from './listing-stream.ts';

type Trpc = ReturnType<typeof useTRPC>;

/** A shoot of 300 frames sends 300 pieces of news in a minute: look again at most this often. */
const gatherFor = 250;

function withProgress(scenes: Scene[] | undefined, news: EnhancementNews): Scene[] | undefined {
  return scenes?.map((scene) => {
    if (scene.id !== news.sceneId || scene.enhancement?.id !== news.id) return scene;
    const { status, progress, step } = news;
    // News may overtake one another on a reconnect: a bar never goes back within one state.
    const shown =
      scene.enhancement.status === status
        ? Math.max(scene.enhancement.progress, progress)
        : progress;
    // What is shown stays until the result is fetched that replaces it.
    const firstLook = status === 'done' ? scene.enhancement.firstLook : news.firstLook;
    return {
      ...scene,
      enhancement: { ...scene.enhancement, status, progress: shown, step, firstLook },
    };
  });
}

type Part = 'listing' | 'photos' | 'scenes' | 'versions' | 'batches';

class Refresher {
  readonly #queries: QueryClient;
  readonly #trpc: Trpc;
  readonly #listingId: string;
  #wanted = new Set<Part>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(queries: QueryClient, trpc: Trpc, listingId: string) {
    this.#queries = queries;
    this.#trpc = trpc;
    this.#listingId = listingId;
  }

  all(): void {
    this.#want('listing', 'photos', 'scenes', 'versions', 'batches');
  }

  take(news: ListingNews): void {
    switch (news.type) {
      case 'listing':
        this.#want('listing');
        break;
      case 'photo':
        this.#want('photos', 'scenes', 'listing');
        break;
      case 'scene':
        this.#want('photos', 'scenes');
        break;
      case 'batch':
        this.#want('batches');
        break;
      case 'enhancement':
        this.#takeProgress(news);
        break;
    }
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #takeProgress(news: EnhancementNews): void {
    const key = this.#trpc.scene.list.queryKey({ listingId: this.#listingId });
    const known = this.#queries
      .getQueryData(key)
      ?.find(({ id }) => id === news.sceneId)?.enhancement;
    this.#queries.setQueryData(key, (scenes) => withProgress(scenes, news));
    if (known?.id === news.id && known.status === news.status && news.status === 'running') return;
    this.#want('scenes', 'versions', 'listing');
  }

  #want(...parts: Part[]): void {
    for (const part of parts) this.#wanted.add(part);
    this.#timer ??= setTimeout(() => this.#look(), gatherFor);
  }

  #look(): void {
    this.#timer = undefined;
    const input = { listingId: this.#listingId };
    const keys = {
      listing: this.#trpc.listing.get.queryKey(input),
      photos: this.#trpc.photo.list.queryKey(input),
      scenes: this.#trpc.scene.list.queryKey(input),
      versions: this.#trpc.enhancement.listForScene.queryKey(),
      batches: this.#trpc.batch.list.queryKey(input),
    };
    for (const part of this.#wanted) {
      void this.#queries.invalidateQueries({ queryKey: keys[part] });
    }
    // What clients do is news of the listing.
    if (this.#wanted.has('listing')) {
      void this.#queries.invalidateQueries({ queryKey: this.#trpc.delivery.list.queryKey(input) });
      const asked = this.#trpc.delivery.requests.queryKey(input);
      void this.#queries.invalidateQueries({ queryKey: asked });
    }
    // So is a version that somebody should look at.
    if (this.#wanted.has('versions')) {
      void this.#queries.invalidateQueries({ queryKey: this.#trpc.review.pathKey() });
    }
    this.#wanted.clear();
  }
}

/** Keeps a listing's data fresh by server-sent events. False while they do not come: poll then. */
export function useListingLive(listingId: string): boolean {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const [connected, setConnected] = useState(false);
  useEffect(() => {
    const refresher = new Refresher(queries, trpc, listingId);
    const leave = followListing(listingId, {
      onNews: (news) => refresher.take(news),
      onConnected: (now) => {
        setConnected(now);
        // Whatever changed while nobody listened.
        if (now) refresher.all();
      },
    });
    return () => {
      leave();
      refresher.stop();
    };
  }, [listingId, queries, trpc]);
  return connected;
}
