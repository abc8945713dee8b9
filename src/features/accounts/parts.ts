import type { Reader, Tx } from '../../storage/db.ts';

/**
 * What another feature keeps of a person: it is in their export under `name`, and `erase` takes what is personal out of it when the account
 * goes. What others have answered to may stay, without a name.
 */
export type AccountPart = {
  readonly name: string;
  export(db: Reader, userId: string): Promise<unknown>;
  erase?(tx: Tx, userId: string): Promise<void>;
};
