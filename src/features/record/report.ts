/** Something that is not as it should be, and where: a path of the log, or a table's column and row. */
export type Fault = { readonly place: string; readonly what: string };

const KEPT = 100;

/** Collects faults: counts all, keeps the first hundred. */
export class Faults {
  readonly list: Fault[] = [];
  count = 0;

  add(place: string, what: string): void {
    this.count += 1;
    if (this.list.length < KEPT) this.list.push({ place, what });
  }
}

export type Checked = {
  /** Leaves of the tree. */
  entries: number;
  tiles: number;
  /** Versions that are there and match their leaves. */
  contents: number;
  erased: number;
  withheld: number;
};

/** What a verification found. */
export type RecordReport = {
  readonly ok: boolean;
  /** What was looked at: an address, a folder, or the database. */
  readonly source: string;
  /** The log's key. `given`: known beforehand. `source`: taken from what was verified, so it proves nothing of whose log it is. */
  readonly key: { readonly vkey: string; readonly trust: 'given' | 'source' } | undefined;
  readonly size: number;
  /** Base64, as in the checkpoint. */
  readonly rootHash: string;
  /** The size of the earlier checkpoint that this log was shown to continue. */
  readonly continues?: number;
  readonly checked: Checked;
  /** The first hundred. */
  readonly faults: readonly Fault[];
  readonly faultCount: number;
};

/** Called now and then with how many leaves have been checked. */
export type Progress = (done: number, total: number) => void;

export function newChecked(): Checked {
  return { entries: 0, tiles: 0, contents: 0, erased: 0, withheld: 0 };
}
