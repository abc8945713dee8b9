import type { Instant } from '../../base/clock.ts';
import type { Db, Reader, Tx } from '../../storage/db.ts';

export type Gone = { readonly userId: string; readonly at: Instant; readonly db: Pick<Db, 'dialect'> };

/**
 * What another feature keeps of a person: it is in their export under `name`, and `erase` takes what is personal out of it when the account
 * goes. What others have answered to may stay, without a name.
 */
export type AccountPart = {
  readonly name: string;
  export(db: Reader, userId: string): Promise<unknown>;
  erase?(tx: Tx, gone: Gone): Promise<void>;
};
