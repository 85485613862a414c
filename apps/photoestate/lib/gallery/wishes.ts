type Wish = { photoId: string; on: boolean };

type Hands = {
  send: (wish: Wish) => Promise<unknown>;
  /** Shows it so. */
  show: (wish: Wish) => void;
  failed: (error: unknown) => void;
};

type Liked = { id: string; favourite: boolean };

/**
 * Hearts that a visitor sets: shown at once, sent one after the other for each photo, and the last wish holds. Answers
 * that were asked for before a heart was kept know nothing of it, and do not take it away.
 */
export class Wishes {
  readonly #hands: Hands;
  readonly #wanted = new Map<string, boolean>();
  readonly #sending = new Set<string>();
  /** What was kept last, and when. */
  readonly #kept = new Map<string, { on: boolean; at: number }>();
  #clock = 0;

  constructor(hands: Hands) {
    this.#hands = hands;
  }

  wish(wish: Wish): void {
    this.#wanted.set(wish.photoId, wish.on);
    this.#hands.show(wish);
    if (!this.#sending.has(wish.photoId)) void this.#send(wish.photoId);
  }

  /** To be asked before an answer is asked for, and given to `over` with it. */
  now(): number {
    return this.#clock;
  }

  /** Photos as an answer has them, with what it cannot know. */
  over<T extends Liked>(photos: readonly T[], askedAt: number): T[] {
    return photos.map((photo) => {
      const kept = this.#kept.get(photo.id);
      const newer = kept && kept.at > askedAt ? kept.on : undefined;
      const favourite = this.#wanted.get(photo.id) ?? newer ?? photo.favourite;
      return favourite === photo.favourite ? photo : { ...photo, favourite };
    });
  }

  async #send(photoId: string): Promise<void> {
    this.#sending.add(photoId);
    for (let on = this.#wanted.get(photoId); on !== undefined; on = this.#wanted.get(photoId)) {
      const failure = await this.#hands.send({ photoId, on }).then(
        () => undefined,
        (error: unknown) => ({ error }),
      );
      this.#clock += 1;
      if (!failure) this.#kept.set(photoId, { on, at: this.#clock });
      // Another wish came meanwhile.
      if (this.#wanted.get(photoId) !== on) continue;
      this.#wanted.delete(photoId);
      if (!failure) continue;
      this.#hands.show({ photoId, on: this.#kept.get(photoId)?.on ?? !on });
      this.#hands.failed(failure.error);
    }
    this.#sending.delete(photoId);
  }
}
