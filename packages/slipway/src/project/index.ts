export { createProject } from './create.ts';
export { deleteProject } from './delete.ts';
export { getProject } from './get.ts';
export { listProjects, type ProjectSummary } from './list.ts';
export { renameProject } from './rename.ts';
export {
  CreateProject,
  DEFAULT_RULES,
  ProjectRules,
  ProjectView,
  RenameProject,
  UpdateProjectRules,
} from './schema.ts';
export { updateProjectRules } from './update-rules.ts';
