'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { SavedViewsMenu, type SavedViewsMenuProps } from './saved-views-menu.tsx';
import { toast } from './toaster.tsx';

type View = SavedViewsMenuProps['views'][number];

export type SavedViewsProps<Place extends object> = Pick<
  SavedViewsMenuProps,
  'fixed' | 'query' | 'apart' | 'onShow' | 'hint'
> & {
  /** Where they are kept: a project, an organization. */
  place: Place;
  api: {
    list: { query: (place: Place) => Promise<readonly View[]> };
    save: { mutate: (view: Place & { name: string; query: string }) => Promise<unknown> };
    delete: { mutate: (view: Place & { viewId: string }) => Promise<unknown> };
  };
  describe: (error: unknown) => { message: string };
};

/** Searches and filters under a name: a person's own, in this place. */
export function SavedViews<Place extends object>(props: SavedViewsProps<Place>) {
  const { place, api, describe, ...menu } = props;
  const queries = useQueryClient();
  const queryKey = ['saved-views', place];
  const views = useQuery({ queryKey, queryFn: () => api.list.query(place) });
  const onSuccess = () => queries.invalidateQueries({ queryKey });
  const save = useMutation({
    mutationFn: (view: { name: string; query: string }) => api.save.mutate({ ...place, ...view }),
    onSuccess,
  });
  const remove = useMutation({
    mutationFn: (viewId: string) => api.delete.mutate({ ...place, viewId }),
    onSuccess,
    onError: (error) =>
      toast.error('The view was not deleted', { description: describe(error).message }),
  });
  return (
    <SavedViewsMenu
      {...menu}
      views={views.data ?? []}
      onDelete={({ id }) => remove.mutate(id)}
      onSave={(name, query) => save.mutateAsync({ name, query })}
      saving={save.isPending}
      problem={save.error ? describe(save.error).message : undefined}
    />
  );
}
