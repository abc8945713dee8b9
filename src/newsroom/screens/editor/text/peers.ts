import type { DecorationAttrs } from '@tiptap/pm/view';

/** Inks for people, told apart in light and dark; a person keeps one by the hash of the id. */
export const INKS = 8;

export function inkOf(id: string): number {
  let hash = 0;
  for (const character of id) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return hash % INKS;
}

type User = { readonly id?: string; readonly name?: string };

/** A colleague's cursor: a bar with the name at it. Classes, no styles: the site's policy allows none inline. */
export function cursorOf(user: User): HTMLElement {
  const cursor = document.createElement('span');
  cursor.className = `peer ink-${inkOf(user.id ?? '')}`;
  const name = document.createElement('span');
  name.className = 'peername';
  name.textContent = user.name ?? '';
  // Word joiners keep the browser from breaking the line at the cursor.
  cursor.append('\u2060', name, '\u2060');
  return cursor;
}

export function selectionOf(user: User): DecorationAttrs {
  return { class: `peerselection ink-${inkOf(user.id ?? '')}` };
}
