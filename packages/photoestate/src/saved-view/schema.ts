import { ViewFields } from '@repo/foundation/saved-view';
import { anyId } from '@repo/foundation/text';
import { z } from 'zod';

export const ListViews = z.object({ organizationId: anyId });
export type ListViews = z.input<typeof ListViews>;

export const SaveView = ViewFields.extend({ organizationId: anyId });
export type SaveView = z.input<typeof SaveView>;

export const ViewRef = z.object({ organizationId: anyId, viewId: anyId });
export type ViewRef = z.input<typeof ViewRef>;
