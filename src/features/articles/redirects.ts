import { Problem } from '../../base/problem.ts';
import type { Tx } from '../../storage/db.ts';
import { deleteRedirect, putRedirects } from './articles.store.ts';
import type { NounContext } from './nouns.ts';
import { nounChanged } from './nouns.store.ts';

export type RedirectOrder = {
  /** The old address, percent-encoded as we write addresses. */
  readonly from: string;
  /** Where it leads: one of the two, or neither for what is gone (410). */
  readonly to: string | null;
  readonly article: string | null;
  readonly status: 301 | 302 | 410;
};

/**
 * Makes an old address lead somewhere, or says that it is gone; replaces what it did before.
 * @throws Problem `invalid` for a target that does not fit the status, `conflict` where an article stands at the address,
 * `not-found` for an article that is not there
 */
export async function putRedirect(tx: Tx, context: NounContext, order: RedirectOrder): Promise<void> {
  const targets = [order.to, order.article].filter((target) => target !== null).length;
  if (targets !== (order.status === 410 ? 0 : 1)) {
    throw new Problem(
      'invalid',
      order.status === 410
        ? 'What is gone (410) leads nowhere.'
        : 'A redirect leads to an address or to an article: one of the two.',
    );
  }
  if (order.to === order.from) throw new Problem('invalid', 'The address would lead to itself.');
  const standing = await tx
    .selectFrom('articles')
    .select('id')
    .where('path', '=', order.from)
    .executeTakeFirst();
  if (standing !== undefined)
    throw new Problem('conflict', `The article ${standing.id} stands at ${order.from}.`);
  if (order.article !== null) {
    const row = await tx
      .selectFrom('articles')
      .select('id')
      .where('id', '=', order.article)
      .executeTakeFirst();
    if (row === undefined) throw new Problem('not-found', `There is no article ${order.article}.`);
  }
  await putRedirects(tx, [
    {
      from_path: order.from,
      to_path: order.to,
      article_id: order.article,
      status: order.status,
      created_at: context.clock.now(),
    },
  ]);
  await nounChanged(context.db, tx, { noun: 'redirect', id: order.from });
}

/** Lets go of an old address. @throws Problem `not-found` */
export async function removeRedirect(tx: Tx, context: NounContext, from: string): Promise<void> {
  if (!(await deleteRedirect(tx, from))) throw new Problem('not-found', `There is no redirect from ${from}.`);
  await nounChanged(context.db, tx, { noun: 'redirect', id: from });
}
