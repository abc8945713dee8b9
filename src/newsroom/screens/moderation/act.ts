import type { QueueItem } from '../../../contract/moderation-answers.ts';
import type { Ruled, Ruling } from '../../../contract/moderation.ts';
import { api, newKey } from '../../api.ts';
import { useText } from '../../i18n.ts';
import { moderationText } from '../../strings/moderation.ts';
import { say, sayFault } from '../../ui/kit.ts';

export type Acts = {
  /** Decides on comments; those that it was done on. */
  rule(items: readonly QueueItem[], ruling: Ruling): Promise<ReadonlySet<string>>;
  /** Takes the last decision of this screen back. */
  undo(): Promise<void>;
  claim(items: readonly QueueItem[], on: boolean): Promise<void>;
  feature(item: QueueItem): Promise<void>;
};

let last: readonly string[] = [];

/** What moderators do to comments, with words about what was done and a way back. */
export function useActs(onChanged: () => void): Acts {
  const text = useText(moderationText);
  const undo = async (): Promise<void> => {
    const decisions = last;
    last = [];
    try {
      for (const id of decisions) await api.post(`moderation/decisions/${id}/undo`, {});
    } catch (cause) {
      sayFault(cause);
    }
    onChanged();
  };
  return {
    undo,
    rule: async (items, ruling) => {
      try {
        const { results } = await api.post<{ results: Ruled[] }>(
          'moderation/decisions',
          { comments: items.map(({ id }) => id), ...ruling },
          { idempotencyKey: newKey() },
        );
        const done = results.filter(({ outcome }) => outcome === 'done');
        const left = results.filter(({ outcome }) => outcome !== 'done' && outcome !== 'unchanged');
        last = done.flatMap(({ decisionId }) => decisionId ?? []);
        const say1 =
          ruling.action === 'approve' ? text.approved : ruling.action === 'hold' ? text.held : text.rejected;
        if (done.length > 0)
          say({
            title: say1(done.length),
            ...(left.length === 0 ? {} : { detail: text.notDone(left.length) }),
            undo,
          });
        else if (left.length > 0) say({ title: text.notDone(left.length), fault: true });
        return new Set(done.map(({ commentId }) => commentId));
      } catch (cause) {
        sayFault(cause);
        return new Set();
      }
    },
    claim: async (items, on) => {
      try {
        await api.post(`moderation/claims${on ? '' : '/release'}`, { comments: items.map(({ id }) => id) });
      } catch (cause) {
        sayFault(cause);
      }
    },
    feature: async (item) => {
      try {
        await api.put(`moderation/comments/${item.id}/featured`, { featured: !item.featured });
        say({ title: item.featured ? text.unfeature : text.featured });
      } catch (cause) {
        sayFault(cause);
      }
      onChanged();
    },
  };
}
