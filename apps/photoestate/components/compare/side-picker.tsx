'use client';

import { Button } from '@repo/ui/button';
import { Select } from '@repo/ui/select';
import { ArrowLeftRight } from 'lucide-react';
import { nextVersion } from '../../lib/compare/sides.ts';
import { useShortcuts } from '../shortcuts/shortcuts.tsx';
import type { Choice } from './use-choice.ts';

/** Which two are compared: any versions and exposures of the scene. */
export function SidePicker({ choice }: { choice: Choice }) {
  const { sides, left, right, choose } = choice;
  const swap = () => {
    if (left && right) choose({ left: right.id, right: left.id });
  };
  const next = nextVersion(sides, right?.id);
  const group = 'Compare';
  useShortcuts([
    { group, keys: ['w'], label: 'Swap sides', run: swap },
    {
      group,
      keys: ['v'],
      label: 'Next version at the right',
      run: () => next && choose({ right: next }),
    },
  ]);
  return (
    <div dir="ltr" className="grid grid-cols-[1fr_auto_1fr] items-center gap-1.5">
      <SideSelect
        label="Left side"
        sides={sides}
        value={left?.id}
        onChoose={(id) => choose({ left: id })}
      />
      <Button
        size="icon"
        variant="ghost"
        aria-label="Swap sides"
        title="Swap sides (W)"
        aria-keyshortcuts="w"
        disabled={!left || !right}
        onClick={swap}
      >
        <ArrowLeftRight />
      </Button>
      <SideSelect
        label="Right side"
        sides={sides}
        value={right?.id}
        onChoose={(id) => choose({ right: id })}
      />
    </div>
  );
}

type SelectProps = {
  label: string;
  sides: Choice['sides'];
  value: string | undefined;
  onChoose: (id: string) => void;
};

function SideSelect({ label, sides, value, onChoose }: SelectProps) {
  const options = (kind: 'version' | 'exposure') =>
    sides
      .filter((side) => side.kind === kind)
      .map(({ id, picture }) => (
        <option key={id} value={id}>
          {picture.label}
        </option>
      ));
  const versions = options('version');
  return (
    <Select
      aria-label={label}
      value={value ?? ''}
      onChange={({ target }) => onChoose(target.value)}
      className="min-w-0"
    >
      {value === undefined ? <option value="">–</option> : null}
      {versions.length > 0 ? <optgroup label="Versions">{versions}</optgroup> : null}
      <optgroup label="Exposures">{options('exposure')}</optgroup>
    </Select>
  );
}
