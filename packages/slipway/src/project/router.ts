import { anyId } from '@repo/foundation/text';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';
import { createProject } from './create.ts';
import { deleteProject } from './delete.ts';
import { getProject } from './get.ts';
import { listProjects } from './list.ts';
import { renameProject } from './rename.ts';
import { CreateProject, RenameProject, UpdateProjectRules } from './schema.ts';
import { updateProjectRules } from './update-rules.ts';

const ById = z.object({ projectId: anyId });

export const projectRouter = router({
  list: procedure
    .input(z.object({ organizationId: anyId }))
    .query(({ ctx, input }) => listProjects(ctx, input.organizationId)),
  create: procedure.input(CreateProject).mutation(({ ctx, input }) => createProject(ctx, input)),
  get: procedure.input(ById).query(({ ctx, input }) => getProject(ctx, input.projectId)),
  rename: procedure.input(RenameProject).mutation(({ ctx, input }) => renameProject(ctx, input)),
  updateRules: procedure
    .input(UpdateProjectRules)
    .mutation(({ ctx, input }) => updateProjectRules(ctx, input)),
  delete: procedure.input(ById).mutation(({ ctx, input }) => deleteProject(ctx, input.projectId)),
});
