'use client';

import { Badge } from '@repo/ui/badge';
import { Button } from '@repo/ui/button';
import { FieldError } from '@repo/ui/field';
import { Input } from '@repo/ui/input';
import { Plus, X } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { typePattern } from './rules-schema.ts';

const suggestions = [
  'image/*',
  'video/*',
  'audio/*',
  'application/pdf',
  'text/csv',
  'application/zip',
] as const;

export type TypePickerProps = {
  id: string;
  describedBy: string | undefined;
  value: readonly string[];
  onChange: (value: string[]) => void;
};

/** A list of types: write one and press Enter, or take a suggestion. */
export function TypePicker({ id, describedBy, value, onChange }: TypePickerProps) {
  const [text, setText] = useState('');
  const [problem, setProblem] = useState<string>();
  const problemId = useId();

  function add(raw: string) {
    const types = raw
      .toLowerCase()
      .split(/[\s,]+/)
      .filter(Boolean);
    const wrong = types.find((type) => !typePattern.test(type));
    if (wrong) {
      return setProblem(
        `Expected a type such as image/* or an extension such as .pdf, got “${wrong}”.`,
      );
    }
    setProblem(undefined);
    setText('');
    if (types.length > 0) onChange([...new Set([...value, ...types])]);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' || event.key === ',') {
      event.preventDefault();
      add(text);
    } else if (event.key === 'Backspace' && text === '') {
      onChange(value.slice(0, -1));
    }
  }

  return (
    <div className="flex flex-col gap-2">
      {value.length > 0 ? (
        <ul aria-label="Allowed types" className="flex flex-wrap gap-1.5">
          {value.map((type) => (
            <li key={type}>
              <Badge
                tone="neutral"
                className="h-6 rounded-md pr-0 font-mono font-normal text-foreground"
              >
                {type}
                <button
                  type="button"
                  aria-label={`Remove ${type}`}
                  className="flex size-6 items-center justify-center rounded-md text-muted-foreground hover:bg-border-strong hover:text-foreground"
                  onClick={() => onChange(value.filter((each) => each !== type))}
                >
                  <X aria-hidden="true" />
                </button>
              </Badge>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="flex gap-2">
        <Input
          id={id}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => text && add(text)}
          aria-describedby={
            [problem ? problemId : '', describedBy ?? ''].filter(Boolean).join(' ') || undefined
          }
          aria-invalid={problem ? true : undefined}
          placeholder={value.length === 0 ? 'Any type' : 'Add a type'}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          className="font-mono"
        />
        <Button onClick={() => add(text)} disabled={text.trim() === ''}>
          Add
        </Button>
      </div>
      {problem ? <FieldError id={problemId}>{problem}</FieldError> : null}
      <div className="flex flex-wrap gap-1.5">
        {suggestions
          .filter((type) => !value.includes(type))
          .map((type) => (
            <button
              key={type}
              type="button"
              onClick={() => add(type)}
              className="inline-flex h-6 items-center gap-1 rounded-md border border-border-strong border-dashed px-2 font-mono text-muted-foreground text-xs transition-colors hover:bg-muted hover:text-foreground"
            >
              <Plus aria-hidden="true" className="size-3" />
              <span className="sr-only">Allow </span>
              {type}
            </button>
          ))}
      </div>
    </div>
  );
}
