import { cn } from '@repo/ui/cn';
import { Layers2 } from 'lucide-react';
import type { Alterations } from '../../lib/trpc.ts';

type Props = {
  alterations: Alterations;
  engineVersion: string | null;
  /** Who signed the file's Content Credentials. */
  signedBy: string | null;
  /** What was not done, and why. */
  left?: readonly { name: string; text: string }[];
};

/** What was done to a photo, in words; what is more than photographic work stands out. */
export function EditList({ alterations, engineVersion, signedBy, left = [] }: Props) {
  const { isAltered, altered, done } = alterations;
  return (
    <div className="flex flex-col gap-3 text-sm">
      <p className={isAltered ? 'font-medium' : 'text-muted-foreground'}>
        {isAltered
          ? 'Altered content: something is not seen as the camera saw it. The file says so, too.'
          : 'Photographic work only: nothing was added to the scene, hidden or replaced.'}
      </p>
      {done.length > 0 || left.length > 0 ? (
        <ul className="flex flex-col gap-1.5">
          <EditLines done={done} altered={altered} />
          {left.map(({ name, text }) => (
            <li key={name} className={cn(LINE, 'text-muted-foreground before:content-["–"/""]')}>
              {text}
            </li>
          ))}
        </ul>
      ) : null}
      <p className="text-muted-foreground text-xs">
        {engineVersion ? `By PhotoEstate engine ${engineVersion}. ` : ''}
        {signedBy
          ? `Content Credentials signed by ${signedBy} are in the file.`
          : 'Told in the file’s own metadata; not signed with Content Credentials.'}
      </p>
    </div>
  );
}

/** What was done, as items of a list; what is more than photographic work stands out. */
export function EditLines({ done, altered }: Pick<Alterations, 'done' | 'altered'>) {
  return done.map((text) => <Line key={text} text={text} altered={altered.includes(text)} />);
}

/** Its mark is drawn without elements of its own, and not read out: there are many lines. */
const LINE = 'flex gap-2 before:w-4 before:shrink-0 before:text-center';

function Line({ text, altered }: { text: string; altered: boolean }) {
  if (!altered) {
    return <li className={cn(LINE, 'before:text-success before:content-["✓"/""]')}>{text}</li>;
  }
  return (
    <li className="flex gap-2">
      <Layers2 aria-hidden="true" className="mt-0.5 size-4 shrink-0 text-warning" />
      <span>
        {text}
        <span className="text-warning"> · altered</span>
      </span>
    </li>
  );
}
