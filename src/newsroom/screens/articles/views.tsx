import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import type { z } from 'zod';
import type { SavedViewAnswer } from '../../../contract/lists.ts';
import { api } from '../../api.ts';
import { useGo } from '../../app/navigate.ts';
import { useMe } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { articlesText } from '../../strings/articles.ts';
import { Button, Checkbox, Dialog, IconButton, say, sayFault, TextField } from '../../ui/kit.ts';

type View = z.infer<typeof SavedViewAnswer>;
type Query = Readonly<Record<string, string>>;

const viewsQuery = queryOptions({
  queryKey: ['saved-views'],
  queryFn: async () => (await api.get<{ items: readonly View[] }>('saved-views')).items,
});

/** The saved views in a line, the one in force marked; and the way to save what is looked at. */
export function Views({ query }: { readonly query: Query }) {
  const text = useText(articlesText);
  const me = useMe();
  const go = useGo();
  const queries = useQueryClient();
  const { data: views = [] } = useQuery(viewsQuery);
  const [saving, setSaving] = useState(false);
  const now = canonical(query);
  const current = views.find((view) => canonical(view.query) === now);
  const drop = useMutation({
    mutationFn: (view: View) => api.delete(`saved-views/${view.id}`),
    onSuccess: async (_, view) => {
      await queries.invalidateQueries({ queryKey: ['saved-views'] });
      go('articles');
      say({
        title: text.viewDeleted(view.name),
        undo: async () => {
          const { name, query: kept, shared } = view;
          await api.post('saved-views', { name, query: kept, shared });
          await queries.invalidateQueries({ queryKey: ['saved-views'] });
        },
      });
    },
    onError: sayFault,
  });
  return (
    <div className="line apart views">
      <nav className="tabs" aria-label={text.views}>
        <Link
          to="/articles"
          search={{} as never}
          className="tab"
          aria-current={now === '' ? 'page' : undefined}
        >
          {text.allArticles}
        </Link>
        {views.map((view) => (
          <Link
            key={view.id}
            to="/articles"
            search={view.query as never}
            className="tab"
            aria-current={view === current ? 'page' : undefined}
            title={view.owner.id === me.id ? undefined : view.owner.name}
          >
            {view.name}
          </Link>
        ))}
      </nav>
      {current === undefined
        ? now !== '' && (
            <Button kind="plain" icon="bookmark" onClick={() => setSaving(true)}>
              {text.saveView}
            </Button>
          )
        : (current.owner.id === me.id || me.role === 'admin') && (
            <IconButton icon="trash" label={text.deleteView} onClick={() => drop.mutate(current)} />
          )}
      <SaveView open={saving} onOpenChange={setSaving} query={query} />
    </div>
  );
}

function canonical(query: Query): string {
  return new URLSearchParams(Object.entries(query).toSorted(([a], [b]) => (a < b ? -1 : 1))).toString();
}

function SaveView({
  open,
  onOpenChange,
  query,
}: {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly query: Query;
}) {
  const text = useText(articlesText);
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [shared, setShared] = useState(false);
  const save = useMutation({
    mutationFn: () => api.post('saved-views', { name, query, shared }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['saved-views'] });
      onOpenChange(false);
      say({ title: text.viewSaved(name) });
      setName('');
    },
    onError: sayFault,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (name.trim() !== '') save.mutate();
  };
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={text.saveViewTitle}>
      <form className="stack" onSubmit={submit}>
        <TextField label={text.viewName} value={name} onChange={setName} maxLength={100} required />
        <Checkbox label={text.viewShared} checked={shared} onChange={setShared} />
        <div className="actions">
          <Button onClick={() => onOpenChange(false)}>{text.cancel}</Button>
          <Button kind="first" type="submit" busy={save.isPending}>
            {text.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
