import { Check, Layers2 } from 'lucide-react';
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
            <li key={name} className="flex gap-2 text-muted-foreground">
              <span aria-hidden="true" className="w-4 shrink-0 text-center">
                –
              </span>
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

function Line({ text, altered }: { text: string; altered: boolean }) {
  const Icon = altered ? Layers2 : Check;
  return (
    <li className="flex gap-2">
      <Icon
        aria-hidden="true"
        className={`mt-0.5 size-4 shrink-0 ${altered ? 'text-warning' : 'text-success'}`}
      />
      <span>
        {text}
        {altered ? <span className="text-warning"> · altered</span> : null}
      </span>
    </li>
  );
}
