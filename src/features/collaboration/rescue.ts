import * as Y from 'yjs';

/**
 * Keeps text that a colleague typed into a passage which somebody else, not having seen it, removed with everything in it (joined two
 * paragraphs, deleted a block, made a list of it). Yjs drops such text silently; here it comes back as a paragraph at that place. What
 * somebody deletes after having seen it stays deleted.
 */
export type Rescuer = {
  /**
   * Applies an update of a client that knew `knows` when it made its deletions (empty: it made none).
   * Updates that the rescue makes have the origin `RESCUE`.
   */
  apply(update: Uint8Array, given: { readonly knows: Uint8Array; readonly origin: unknown }): void;
};

export const RESCUE = 'rescue';

type Orphan = { readonly text: string; readonly home: Y.Item | undefined };

export function makeRescuer(doc: Y.Doc, body: Y.XmlFragment): Rescuer {
  /** Where text of a removed passage goes on being put, by the passage. */
  const shelters = new Map<string, Y.XmlText>();
  return {
    apply: (update, { knows, origin }) => {
      const orphans: Orphan[] = [];
      const { structs, ds } = Y.decodeUpdate(update);
      const senders = new Set(structs.map((struct) => struct.id.client));
      const knowledge = knows.length === 0 ? undefined : Y.decodeStateVector(knows);
      const collect = (transaction: Y.Transaction): void => {
        if (transaction.origin !== origin) return;
        if (knowledge !== undefined)
          orphans.push(...removedUnseen(transaction, { knowledge, senders, body }));
        orphans.push(...arrivedLate(transaction, { structs, ds, body }));
      };
      doc.on('afterTransaction', collect);
      try {
        Y.applyUpdate(doc, update, origin);
      } finally {
        doc.off('afterTransaction', collect);
      }
      if (orphans.length > 0) doc.transact(() => orphans.forEach((orphan) => shelter(orphan)), RESCUE);
    },
  };

  function shelter({ text, home }: Orphan): void {
    const top = home === undefined ? undefined : topmostDeleted(home);
    const key = top === undefined ? 'end' : `${top.id.client} ${top.id.clock}`;
    const known = shelters.get(key);
    if (known?._item?.deleted === false && known.parent?._item?.deleted !== true)
      return known.insert(known.length, text);
    const inside = new Y.XmlText();
    inside.insert(0, text);
    const paragraph = new Y.XmlElement('paragraph');
    paragraph.insert(0, [inside]);
    const place = top === undefined ? undefined : placeFor(top);
    if (place === undefined) body.insert(body.length, [paragraph]);
    else place.parent.insert(place.index, [paragraph]);
    shelters.set(key, inside);
  }
}

/** Text that this update removed although its sender had not seen it. */
function removedUnseen(
  transaction: Y.Transaction,
  given: { knowledge: Map<number, number>; senders: ReadonlySet<number>; body: Y.XmlFragment },
): Orphan[] {
  const found: Orphan[] = [];
  Y.iterateDeletedStructs(transaction, transaction.deleteSet, (struct) => {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) return;
    const { client, clock } = struct.id;
    const seen = (given.knowledge.get(client) ?? 0) - clock;
    if (given.senders.has(client) || seen >= struct.length || !isWithin(struct, given.body)) return;
    // What came with this very update is looked at by arrivedLate.
    if (clock >= (transaction.beforeState.get(client) ?? 0)) return;
    found.push({ text: struct.content.str.slice(Math.max(0, seen)), home: struct });
  });
  return found;
}

type Decoded = ReturnType<typeof Y.decodeUpdate>;

/** Text of this update that came into a passage which was gone already. */
function arrivedLate(
  transaction: Y.Transaction,
  given: { structs: Decoded['structs']; ds: Decoded['ds']; body: Y.XmlFragment },
): Orphan[] {
  const found: Orphan[] = [];
  for (const struct of given.structs) {
    if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString)) continue;
    const { client, clock } = struct.id;
    const from = Math.max(clock, transaction.beforeState.get(client) ?? 0);
    const to = Math.min(clock + struct.length, transaction.afterState.get(client) ?? 0);
    let orphan = '';
    let home: Y.Item | undefined;
    for (let at = from; at < to; at += 1) {
      if (Y.isDeleted(given.ds, Y.createID(client, at))) continue;
      const kept = Y.getItem(transaction.doc.store, Y.createID(client, at)) as Y.Item | Y.GC;
      if (kept instanceof Y.Item && (!kept.deleted || !isWithin(kept, given.body))) continue;
      orphan += struct.content.str[at - clock] ?? '';
      if (kept instanceof Y.Item) home = kept;
    }
    if (orphan !== '') found.push({ text: orphan, home });
  }
  return found;
}

function isWithin(item: Y.Item, body: Y.XmlFragment): boolean {
  let parent = item.parent as Y.AbstractType<unknown> | null;
  while (parent !== null && parent !== (body as unknown)) {
    parent = (parent._item?.parent ?? null) as Y.AbstractType<unknown> | null;
  }
  return parent !== null;
}

/** The outermost node around an item that is gone; the item's own where its passage is still there. */
function topmostDeleted(item: Y.Item): Y.Item {
  let top = item;
  for (let at: Y.Item | null = item; at !== null; at = (at.parent as Y.AbstractType<unknown>)._item)
    if (at.deleted) top = at;
  return top;
}

const HOLDS_BLOCKS = new Set(['blockquote', 'note', 'listItem', 'tableCell', 'tableHeader']);

/** The nearest place for a paragraph: before what follows the removed node, in the nearest parent that may hold one. */
function placeFor(top: Y.Item): { parent: Y.XmlFragment; index: number } | undefined {
  for (let at: Y.Item | null = top; at !== null;) {
    const parent = at.parent as Y.XmlFragment;
    const holds = !(parent instanceof Y.XmlElement) || HOLDS_BLOCKS.has(parent.nodeName);
    if (parent instanceof Y.XmlFragment && holds && !(parent instanceof Y.XmlText)) {
      let index = 0;
      for (let before = at.left; before !== null; before = before.left)
        if (!before.deleted && before.countable) index += before.length;
      return { parent, index: at.deleted ? index : index + 1 };
    }
    at = parent._item;
  }
  return undefined;
}
