import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import type { z } from 'zod';
import type { MentionAnswer, MentionKind } from '../../../contract/lists.ts';
import { api } from '../../api.ts';
import { useGo, useScreenSearch } from '../../app/navigate.ts';
import { useText } from '../../i18n.ts';
import { deskText } from '../../strings/my-desk.ts';
import {
  Button,
  EmptyState,
  ErrorState,
  IconButton,
  Rows,
  sayFault,
  Skeleton,
  TimeOf,
} from '../../ui/kit.ts';

type Mention = z.infer<typeof MentionAnswer>;
type Page = { readonly items: readonly Mention[]; readonly next: string | null };

const KINDS = {
  comment: 'comment',
  reply: 'reply',
  suggestion: 'suggestion',
  assigned: 'assignedKind',
  returned: 'returnedKind',
  schedule: 'schedule',
  text: 'text',
} as const satisfies Record<MentionKind, keyof (typeof deskText)['en']>;

export function Screen() {
  const text = useText(deskText);
  const go = useGo();
  const queries = useQueryClient();
  const [search, change] = useScreenSearch();
  const unread = search['all'] === undefined;
  const pages = useInfiniteQuery({
    queryKey: ['mentions', unread],
    queryFn: ({ pageParam }) =>
      api.get<Page>('mentions', {
        query: { limit: 50, after: pageParam, ...(unread ? { unread: 'true' } : {}) },
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  const mark = useMutation({
    mutationFn: (order: { ids: readonly string[] | 'all'; read: boolean }) =>
      api.post('mentions/read', order),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['mentions'] }),
    onError: sayFault,
  });
  const items = pages.data?.pages.flatMap((page) => page.items) ?? [];
  const open = (mention: Mention): void => {
    if (mention.readAt === null) mark.mutate({ ids: [mention.id], read: true });
    go(mention.target);
  };
  return (
    <>
      <div className="head">
        <h1>{text.mentions}</h1>
        <div className="line">
          <Button kind="plain" aria-pressed={unread} onClick={() => change({ all: undefined })}>
            {text.unread}
          </Button>
          <Button kind="plain" aria-pressed={!unread} onClick={() => change({ all: '1' })}>
            {text.everything}
          </Button>
          <Button disabled={items.length === 0} onClick={() => mark.mutate({ ids: 'all', read: true })}>
            {text.readAll}
          </Button>
        </div>
      </div>
      {pages.isPending ? (
        <Skeleton />
      ) : pages.isError ? (
        <ErrorState error={pages.error} retry={() => void pages.refetch()} />
      ) : items.length === 0 ? (
        <EmptyState title={unread ? text.noUnreadTitle : text.noneTitle}>{text.none}</EmptyState>
      ) : (
        <Rows
          label={text.list}
          items={items}
          id={(mention) => mention.id}
          name={(mention) =>
            `${mention.by?.name ?? text.someone} ${text[KINDS[mention.kind]]}: ${mention.excerpt}`
          }
          onOpen={open}
          onEnd={() => pages.hasNextPage && !pages.isFetchingNextPage && void pages.fetchNextPage()}
          end={(mention) => (
            <>
              <TimeOf instant={mention.createdAt} />
              <IconButton
                icon={mention.readAt === null ? 'check' : 'undo'}
                label={mention.readAt === null ? text.markRead : text.markUnread}
                onClick={() => mark.mutate({ ids: [mention.id], read: mention.readAt === null })}
              />
            </>
          )}
        >
          {(mention) => (
            <>
              <a
                className="headline"
                href={`/newsroom/${mention.target}`}
                dir="auto"
                onClick={(event) => {
                  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                  event.preventDefault();
                  open(mention);
                }}
              >
                {mention.excerpt}
              </a>
              <div className="facts">
                {mention.readAt === null && <strong>{text.new}</strong>}
                <span>
                  {mention.by?.name ?? text.someone} {text[KINDS[mention.kind]]}
                </span>
                {mention.article !== null && <span dir="auto">{mention.article.headline}</span>}
              </div>
            </>
          )}
        </Rows>
      )}
    </>
  );
}
