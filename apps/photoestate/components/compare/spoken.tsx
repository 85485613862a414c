import type { StageMode } from '../../lib/compare/modes.ts';
import { counted } from '../../lib/listing-status.ts';
import { sceneName } from '../../lib/scene-edits.ts';
import type { Scene } from '../../lib/trpc.ts';
import { modeKeys } from './use-stage-keys.ts';

type Props = { scene: Scene; scenes: readonly Scene[]; mode: StageMode };

/** Keys change the photo, its stars and how it is compared without moving the focus: each is said once. */
export function Spoken({ scene, scenes, mode }: Props) {
  const at = scenes.findIndex(({ id }) => id === scene.id) + 1;
  return (
    <div role="status" aria-atomic="false" className="sr-only">
      <p>{`${sceneName(scene)}, ${at} of ${scenes.length}`}</p>
      <p>{scene.rating > 0 ? counted(scene.rating, 'star') : 'No stars'}</p>
      <p>{modeKeys[mode].label}</p>
    </div>
  );
}
