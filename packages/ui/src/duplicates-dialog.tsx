'use client';

import { useId, useState } from 'react';
import { Button } from './button.tsx';
import { Checkbox } from './checkbox.tsx';
import { Dialog, DialogBody, DialogContent, DialogFooter } from './dialog.tsx';
import { Label } from './label.tsx';
import type { Duplicate } from './uploads/intake.ts';

export type DuplicatesDialogProps = {
  duplicates: readonly Duplicate[];
  /** What it is uploaded to: "this listing". */
  place: string;
  /** What one of them is called: "photo". */
  noun: string;
  /** About one of them, or about all. */
  onAnswer: (how: 'skip' | 'both', about: { id?: string }) => void;
};

const shown = 5;

/** Asks about files whose bytes are there already. */
export function DuplicatesDialog({ duplicates, place, noun, onAnswer }: DuplicatesDialogProps) {
  const [all, setAll] = useState(true);
  const forAll = useId();
  const [first] = duplicates;
  if (!first) return null;
  const many = duplicates.length > 1;
  const about = many && all ? {} : { id: first.id };
  const listed = many && all ? duplicates.slice(0, shown) : [first];
  const title =
    many && all
      ? `${duplicates.length} ${noun}s are there already`
      : `This ${noun} is there already`;
  return (
    <Dialog open onOpenChange={(open) => open || onAnswer('skip', about)}>
      <DialogContent
        closable={false}
        title={title}
        description={`Their bytes are the same, whatever their names are. Skip what is in ${place} already, or keep both.`}
      >
        <DialogBody>
          <ul className="divide-y rounded-md border text-sm">
            {listed.map(({ id, name, sameAs, isThere }) => (
              <li key={id} className="px-3 py-2">
                <p className="truncate">{name}</p>
                <p className="truncate text-muted-foreground text-xs">
                  same as {sameAs}
                  {isThere ? '' : ', which is being uploaded'}
                </p>
              </li>
            ))}
            {many && all && duplicates.length > shown ? (
              <li className="px-3 py-2 text-muted-foreground text-xs">
                and {duplicates.length - shown} more
              </li>
            ) : null}
          </ul>
          {many ? (
            <div className="flex items-center gap-2 text-sm">
              <Checkbox
                id={forAll}
                checked={all}
                onCheckedChange={(value) => setAll(value === true)}
              />
              <Label htmlFor={forAll}>Do this for all {duplicates.length}</Label>
            </div>
          ) : null}
        </DialogBody>
        <DialogFooter>
          <Button onClick={() => onAnswer('both', about)}>Keep both</Button>
          <Button variant="primary" autoFocus onClick={() => onAnswer('skip', about)}>
            Skip
          </Button>
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
