import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useState } from 'react';
import { api, Refusal } from '../../api.ts';
import { useAsked, useScreenSearch } from '../../app/navigate.ts';
import { useMay } from '../../app/session.ts';
import { useText } from '../../i18n.ts';
import { settingsText } from '../../strings/settings.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  say,
  sayFault,
  Sheet,
  Skeleton,
  TextField,
} from '../../ui/kit.ts';

type Row = { readonly id: string; readonly rowVersion: number };
type Page<R> = { readonly items: readonly R[]; readonly next: string | null };
export type Faults = (pointer: string) => string | undefined;

export type NounListProps<R extends Row, I> = {
  /** Of the API, and of what is kept of it: `authors`. */
  readonly path: string;
  readonly title: string;
  readonly newLabel: string;
  readonly name: (row: R) => string;
  readonly columns: readonly string[];
  readonly cells: (row: R) => readonly ReactNode[];
  readonly empty: I;
  readonly inputOf: (row: R) => I;
  readonly form: (value: I, set: (change: Partial<I>) => void, fault: Faults) => ReactNode;
};

/** A noun that is listed, found by the beginning of its name, made and changed in a sheet. */
export function NounList<R extends Row, I>(props: NounListProps<R, I>) {
  const text = useText(settingsText);
  const may = useMay();
  const [search, change] = useScreenSearch();
  const q = search['q'] ?? '';
  const [edited, setEdited] = useState<R | 'new'>();
  useAsked('new', () => setEdited('new'));
  const pages = useInfiniteQuery({
    queryKey: [props.path, 'list', q],
    queryFn: ({ pageParam }) => api.get<Page<R>>(props.path, { query: { limit: 100, after: pageParam, q } }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <div className="head">
        <h1>{props.title}</h1>
        {may('taxonomy:write') && (
          <Button kind="first" icon="plus" onClick={() => setEdited('new')}>
            {props.newLabel}
          </Button>
        )}
      </div>
      <div className="finding">
        <TextField
          label={text.find}
          type="search"
          value={q}
          onChange={(value) => change({ q: value === '' ? undefined : value })}
        />
      </div>
      {pages.isPending ? (
        <Skeleton />
      ) : pages.isError ? (
        <ErrorState error={pages.error} retry={() => void pages.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState title={text.nothing}>{text.nothingWhy}</EmptyState>
      ) : (
        <div className="scroll-x">
          <table className="table">
            <thead>
              <tr>
                {props.columns.map((column) => (
                  <th key={column} scope="col">
                    {column}
                  </th>
                ))}
                <th>
                  <span className="unseen">{text.edit('')}</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.id}>
                  {props.cells(row).map((cell, at) => (
                    <td key={at}>{cell}</td>
                  ))}
                  <td>
                    {may('taxonomy:write') && (
                      <IconButton
                        icon="pen"
                        label={text.edit(props.name(row))}
                        onClick={() => setEdited(row)}
                      />
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {pages.hasNextPage && (
        <p className="actions">
          <Button busy={pages.isFetchingNextPage} onClick={() => void pages.fetchNextPage()}>
            {text.more}
          </Button>
        </p>
      )}
      <Editor {...props} edited={edited} onClose={() => setEdited(undefined)} />
    </>
  );
}

function Editor<R extends Row, I>({
  path,
  newLabel,
  name,
  empty,
  inputOf,
  form,
  edited,
  onClose,
}: NounListProps<R, I> & { readonly edited: R | 'new' | undefined; readonly onClose: () => void }) {
  const text = useText(settingsText);
  const queries = useQueryClient();
  const [value, setValue] = useState<I>(empty);
  const [faults, setFaults] = useState<Readonly<Record<string, string>>>({});
  const row = edited === 'new' ? undefined : edited;
  useEffect(() => {
    setFaults({});
    setValue(row === undefined ? empty : inputOf(row));
    // Another row is another form.
  }, [edited]);
  const save = useMutation({
    mutationFn: async () => {
      if (row === undefined) await api.post(path, value);
      else await api.put(`${path}/${row.id}`, value, { ifMatch: `"${row.rowVersion}"` });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [path] });
      say({ title: text.saved });
      onClose();
    },
    onError: (cause) => {
      if (cause instanceof Refusal) setFaults(cause.fields);
      sayFault(cause);
    },
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <Sheet
      open={edited !== undefined}
      onOpenChange={(open) => !open && onClose()}
      title={row === undefined ? newLabel : name(row)}
    >
      <form className="stack" onSubmit={submit}>
        {form(
          value,
          (next) => setValue({ ...value, ...next }),
          (pointer) => faults[pointer],
        )}
        <div className="actions">
          <Button onClick={onClose}>{text.cancel}</Button>
          <Button kind="first" type="submit" busy={save.isPending}>
            {text.save}
          </Button>
        </div>
      </form>
    </Sheet>
  );
}
