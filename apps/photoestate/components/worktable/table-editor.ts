import { toast } from '@repo/ui/toaster';
import type { QueryClient } from '@tanstack/react-query';
import { describeError, type Scene, type useTRPC } from '../../lib/trpc.ts';

/** Long enough to notice a slip, and what an undone deletion is held back for. */
export const undoFor = 8000;

export type Edit = {
  /** What happened, once it has. */
  done: string;
  failed: string;
  /** What the table looks like at once. */
  preview?: (scenes: Scene[]) => Scene[];
  /** Does it, and answers with how to take it back. */
  run: () => Promise<() => Promise<unknown>>;
};

type Parts = {
  listingId: string;
  queries: QueryClient;
  trpc: ReturnType<typeof useTRPC>;
  announce: (text: string) => void;
};

/** Changes of the grouping: shown at once, taken back when the server refuses, undone on request. */
export class TableEditor {
  readonly #parts: Parts;
  /** Takes the last change back. */
  undo: (() => void) | undefined;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  get #key() {
    return this.#parts.trpc.scene.list.queryKey({ listingId: this.#parts.listingId });
  }

  scenes(): Scene[] {
    return this.#parts.queries.getQueryData(this.#key) ?? [];
  }

  async apply(edit: Edit): Promise<void> {
    const { queries, announce } = this.#parts;
    await queries.cancelQueries({ queryKey: this.#key });
    const before = queries.getQueryData(this.#key);
    if (before && edit.preview) queries.setQueryData(this.#key, edit.preview(before));
    const work = edit.run();
    let shown: string | number | undefined;
    // Undoing what is still on its way takes it back once it has arrived.
    const undo = () => {
      if (this.undo === undo) this.undo = undefined;
      void work.then(
        (back) => {
          toast.dismiss(shown);
          this.#takeBack(back);
        },
        () => undefined,
      );
    };
    this.undo = undo;
    try {
      await work;
      announce(edit.done);
      if (this.undo === undo) {
        const action = { label: 'Undo', onClick: undo };
        shown = toast(edit.done, { duration: undoFor, action });
      }
    } catch (error) {
      if (before) queries.setQueryData(this.#key, before);
      const { message } = describeError(error);
      announce(`${edit.failed}. ${message}`);
      const retry = () => void this.apply(edit);
      toast.error(edit.failed, {
        description: message,
        action: { label: 'Retry', onClick: retry },
      });
    } finally {
      this.#refresh();
    }
  }

  #takeBack(back: () => Promise<unknown>): void {
    const { announce } = this.#parts;
    back()
      .then(() => announce('Undone.'))
      .catch((error: unknown) =>
        toast.error('This could not be undone', { description: describeError(error).message }),
      )
      .finally(() => this.#refresh());
  }

  #refresh(): void {
    const { queries, trpc, listingId } = this.#parts;
    void queries.invalidateQueries({ queryKey: this.#key });
    void queries.invalidateQueries({ queryKey: trpc.photo.list.queryKey({ listingId }) });
  }
}
