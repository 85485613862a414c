import { ViewFields } from '@repo/foundation/saved-view';
import { anyId } from '@repo/foundation/text';
import { z } from 'zod';

export const SaveView = ViewFields.extend({ projectId: anyId });
export type SaveView = z.input<typeof SaveView>;

export const ViewRef = z.object({ projectId: anyId, viewId: anyId });
export type ViewRef = z.input<typeof ViewRef>;
