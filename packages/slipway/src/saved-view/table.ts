import { savedViewTable } from '@repo/foundation/saved-view';
import { project } from '../project/table.ts';

/** Of the list of files of a project. */
export const savedView = savedViewTable({ column: 'project_id', of: () => project.id });
