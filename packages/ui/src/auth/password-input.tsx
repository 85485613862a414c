'use client';

import { Eye, EyeOff } from 'lucide-react';
import { type ComponentProps, useState } from 'react';
import { Button } from '../button.tsx';
import { Input } from '../input.tsx';

export function PasswordInput(props: ComponentProps<'input'>) {
  const [shown, setShown] = useState(false);
  return (
    <div className="relative">
      <Input
        {...props}
        type={shown ? 'text' : 'password'}
        className="h-10 pr-10"
        spellCheck={false}
      />
      <Button
        variant="ghost"
        size="icon"
        aria-label="Show password"
        aria-pressed={shown}
        className="absolute top-1 right-1 text-muted-foreground"
        onClick={() => setShown(!shown)}
      >
        {shown ? <EyeOff /> : <Eye />}
      </Button>
    </div>
  );
}
