import type { Outbox, QueuedEdit } from '@repo/ui/local';
import { toast } from '@repo/ui/toaster';
import { rememberUndo, UNDO_MS } from '@repo/ui/undo';
import type { Edit } from '../../lib/offline/edits.ts';

/** What a deletion is held back for. */
export const undoFor = UNDO_MS;

export type TableEdit = {
  edit: Edit;
  /** What happened. */
  done: string;
  /** What goes with it. */
  note?: string | undefined;
  /** What takes it back once the server may have heard of it; nothing can bring back what was deleted. */
  inverse?: Edit;
  holdFor?: number;
};

/** Changes of the grouping: shown at once, sent in their order, undone on request. */
export class TableEditor {
  readonly #outbox: Outbox<Edit>;
  readonly #announce: (text: string) => void;
  /** Takes the last change back. */
  undo: (() => void) | undefined;

  constructor(outbox: Outbox<Edit>, announce: (text: string) => void) {
    this.#outbox = outbox;
    this.#announce = announce;
  }

  apply({ edit, done, note, inverse, holdFor = 0 }: TableEdit): () => void {
    const queued = this.#outbox.add(edit, { holdFor });
    const undo = () => {
      if (this.undo === undo) this.undo = undefined;
      forget();
      clearTimeout(over);
      toast.dismiss(shown);
      this.#takeBack(queued, inverse);
    };
    this.undo = undo;
    // Other pages know this one's editor no more, and the change is held back still.
    const forget = rememberUndo(undo);
    this.#announce(note ? `${done} ${note}` : done);
    const action = { label: 'Undo', onClick: undo };
    const shown = toast(done, { description: note, duration: undoFor, action });
    // Under a pointer it would stay, and offer what is no longer to be had.
    const over = holdFor > 0 ? setTimeout(() => toast.dismiss(shown), holdFor) : undefined;
    return undo;
  }

  /** Says why nothing was changed. */
  refuse(title: string, description: string): void {
    this.#announce(`${title}. ${description}`);
    toast.error(title, { description });
  }

  #takeBack({ id }: QueuedEdit<Edit>, inverse: Edit | undefined): void {
    // Sent after the change itself, whatever becomes of that.
    if (!this.#outbox.takeBack(id)) {
      if (inverse === undefined) {
        this.refuse('It is deleted already', 'The time for taking it back was over.');
        return;
      }
      this.#outbox.add(inverse);
    }
    this.#announce('Undone.');
  }
}
