'use client';

import { X } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '../button.tsx';
import { FileInputs, useFileInputs } from '../file-inputs.tsx';
import { counted } from '../format.ts';
import { useIsOffline } from '../local/use-offline.ts';
import { Spinner } from '../spinner.tsx';
import type { Refusal } from './desk.ts';
import type { UploadIntake } from './intake.ts';
import { useIntake } from './use-uploads.ts';

type Props<Input> = {
  intake: UploadIntake<Input>;
  refused: readonly Refusal[];
  /** What one of them is called: "photo". */
  noun: string;
  /** Types and extensions of which files are offered. */
  accept?: string | undefined;
  onFiles: (files: File[]) => void;
  onRefusalsSeen: () => void;
};

const named = 3;

function few(names: readonly string[]): string {
  const rest = names.length - named;
  return names.slice(0, named).join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

/** What there is to say of files that are not in the queue: yet, again, or at all. */
export function IntakeNotices<Input>(props: Props<Input>) {
  const { intake, refused, noun, accept, onFiles, onRefusalsSeen } = props;
  const { looking, looked, locked, missing } = useIntake(intake);
  const isOffline = useIsOffline();
  const inputs = useFileInputs();
  return (
    <>
      {looking > 0 ? (
        <Notice>
          <Spinner className="mt-0.5 size-3.5 shrink-0" />
          <p className="flex-1 tabular-nums">
            {isOffline ? (
              `${counted(looking, noun)} ${looking === 1 ? 'waits' : 'wait'} for the connection`
            ) : (
              <>
                Looking for duplicates
                {/* Not said anew at each of hundreds. */}
                <span aria-hidden="true">{`: ${looked} of ${looking}`}</span>
              </>
            )}
          </p>
        </Notice>
      ) : null}
      {locked.length > 0 ? (
        <Notice>
          <p className="flex-1">
            {counted(locked.length, noun)} of before can go on. Your browser asks once whether it
            may read them.
          </p>
          <Button size="sm" onClick={() => void intake.unlock()}>
            Go on
          </Button>
          <Dismiss label="Do not upload them" onClick={() => intake.giveUp()} />
        </Notice>
      ) : null}
      {missing.length > 0 ? (
        <Notice>
          <FileInputs inputs={inputs} onFiles={onFiles} noun={noun} accept={accept} />
          <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            {counted(missing.length, noun)} of before {missing.length === 1 ? 'was' : 'were'} not
            kept by the browser: {few(missing.map(({ name }) => name))}. Choose the same again; what
            arrived is not sent twice.
          </p>
          <Button size="sm" onClick={inputs.chooseFiles}>
            Choose
          </Button>
          <Dismiss label="Do not upload them" onClick={() => intake.giveUp()} />
        </Notice>
      ) : null}
      {refused.map(({ words, names }, index) => (
        <Notice key={words} tone="danger">
          <p className="min-w-0 flex-1 [overflow-wrap:anywhere]">
            <span className="font-medium">{few(names)}</span>: {words}
          </p>
          {index === 0 ? <Dismiss label="Dismiss" onClick={onRefusalsSeen} /> : null}
        </Notice>
      ))}
    </>
  );
}

type NoticeProps = { children: ReactNode; tone?: 'danger' | 'warning' };

const looks = {
  plain: 'text-muted-foreground',
  danger: 'text-danger',
  warning: 'bg-warning-soft text-warning',
};

export function Notice({ children, tone }: NoticeProps) {
  return (
    <div
      role="status"
      className={`flex items-start gap-2 border-t py-2 pe-2 ps-4 text-xs leading-4 ${looks[tone ?? 'plain']}`}
    >
      {children}
    </div>
  );
}

function Dismiss({ label, onClick }: { label: string; onClick: () => void }) {
  return (
    <Button size="icon-sm" variant="ghost" aria-label={label} title={label} onClick={onClick}>
      <X />
    </Button>
  );
}
