import { procedure, router } from '../trpc.ts';
import { deleteScenes } from './delete.ts';
import { listScenes } from './list.ts';
import { mergeScenes } from './merge.ts';
import { rateScene } from './rate.ts';
import {
  DeleteScenes,
  ListScenes,
  MergeScenes,
  RateScene,
  SetSceneSettings,
  SplitScene,
} from './schema.ts';
import { setSceneSettings } from './set-settings.ts';
import { splitScene } from './split.ts';

export const sceneRouter = router({
  list: procedure.input(ListScenes).query(({ ctx, input }) => listScenes(ctx, input)),
  merge: procedure.input(MergeScenes).mutation(({ ctx, input }) => mergeScenes(ctx, input)),
  rate: procedure.input(RateScene).mutation(({ ctx, input }) => rateScene(ctx, input)),
  setSettings: procedure
    .input(SetSceneSettings)
    .mutation(({ ctx, input }) => setSceneSettings(ctx, input)),
  delete: procedure.input(DeleteScenes).mutation(({ ctx, input }) => deleteScenes(ctx, input)),
  split: procedure.input(SplitScene).mutation(({ ctx, input }) => splitScene(ctx, input)),
});
