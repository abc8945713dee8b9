/** Reads English texts in a thread of its own: the library is large and its work is not for the thread that answers requests. */
import { parentPort } from 'node:worker_threads';
import nlp from 'compromise';

export type ReadOrder = { readonly id: number; readonly text: string };
export type ReadName = { readonly name: string; readonly kind: 'person' | 'place' | 'organisation' };
/** `ready` once the library is loaded, then one answer an order. */
export type ReadReport = 'ready' | { readonly id: number; readonly names: readonly ReadName[] };

const tidy = (name: string): string =>
  name
    .replace(/^(the|a|an|mr|mrs|ms|dr)\.?\s+/i, '')
    .replace(/['’]s$/u, '')
    .replace(/^[\s\p{P}]+|[\s\p{P}]+$/gu, '');

function namesIn(text: string): ReadName[] {
  const doc = nlp(text);
  const found = new Map<string, ReadName>();
  const take = (kind: ReadName['kind'], names: unknown): void => {
    if (!Array.isArray(names)) return;
    for (const raw of names) {
      const name = tidy(String(raw));
      // A name begins with a capital; a word of two letters is seldom one.
      if (!/^\p{Lu}/u.test(name) || name.length < 3 || name.length > 80) continue;
      if (!found.has(name)) found.set(name, { name, kind });
    }
  };
  take('person', doc.people().out('array'));
  take('place', doc.places().out('array'));
  take('organisation', doc.organizations().out('array'));
  return [...found.values()];
}

parentPort?.on('message', ({ id, text }: ReadOrder) => {
  let names: ReadName[] = [];
  try {
    names = namesIn(text);
  } finally {
    parentPort?.postMessage({ id, names } satisfies ReadReport);
  }
});

parentPort?.postMessage('ready' satisfies ReadReport);
