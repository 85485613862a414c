'use client';

import { ConfirmDialog } from '../confirm-dialog.tsx';
import { toast } from '../toaster.tsx';
import type { MemberActs, MemberView } from './acts.ts';
import { useAct } from './use-act.ts';

export type MemberWish<R extends string> = {
  what: 'remove' | 'leave' | 'transfer';
  member: MemberView<R>;
  /** Has the focus back when the question is answered. */
  button: HTMLElement | null;
};

type Props<R extends string> = {
  wish: MemberWish<R>;
  acts: MemberActs<R>;
  /** What they are members of: organization, studio. */
  noun: string;
  /** What removing somebody does not do. */
  removeNote?: string | undefined;
  /** Where somebody goes who left. */
  leftHref: string;
  onClose: () => void;
};

const wordsFor = (noun: string, removeNote = '') => ({
  remove: {
    title: (name: string) => `Remove ${name}?`,
    description:
      `They see nothing of this ${noun} from their next request on, and open invitations that they sent are taken back. ${removeNote}`.trim(),
    confirm: 'Remove member',
    done: 'Member removed',
  },
  leave: {
    title: () => `Leave this ${noun}?`,
    description: 'You see nothing of it any more, until somebody invites you again.',
    confirm: `Leave ${noun}`,
    done: `You left the ${noun}`,
  },
  transfer: {
    title: (name: string) => `Hand the ${noun} over to ${name}?`,
    description: 'They become owner, and you stay as an admin. Only they can give it back.',
    confirm: 'Transfer ownership',
    done: 'Ownership transferred',
  },
});

export function MemberDialog<R extends string>(props: Props<R>) {
  const { wish, acts, noun, removeNote, leftHref, onClose } = props;
  const { what, member, button } = wish;
  const words = wordsFor(noun, removeNote)[what];
  const { busy, problem, run } = useAct();
  const confirm = async () => {
    const act = { ...acts, leave: () => acts.leave() }[what];
    if ((await run(() => act(member.userId))) === undefined) return;
    toast.success(words.done, { description: what === 'leave' ? undefined : member.name });
    if (what === 'leave') window.location.assign(leftHref);
    else onClose();
  };
  return (
    <ConfirmDialog
      open
      onOpenChange={(open) => (open ? undefined : onClose())}
      title={words.title(member.name)}
      description={words.description}
      confirmLabel={words.confirm}
      busy={busy}
      error={problem}
      returnFocus={button}
      onConfirm={() => void confirm()}
    />
  );
}
