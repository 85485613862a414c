export const tabClasses =
  '-mb-px inline-flex h-9 shrink-0 items-center gap-2 border-transparent border-b-2 px-0.5 font-medium text-muted-foreground text-sm transition-colors hover:text-foreground focus-visible:rounded-sm focus-visible:outline-offset-[-2px]';
