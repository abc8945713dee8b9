import type * as Y from 'yjs';
import type { ArticleContent } from '../article.ts';
import { readBody } from './body-read.ts';
import { bodyElements } from './body-write.ts';
import { bodyOf, listFields, listOf, metaOf, NESTED, textFieldNames, textFields, textOf } from './names.ts';

/** An article's content as plain members, for what is not the body, a list or typed text. */
type Members = Record<string, unknown>;

/** What the shared document says the article is, unchecked: a headline may be empty while somebody writes it anew. */
export function readArticle(doc: Y.Doc): Record<string, unknown> {
  const content: Members = {};
  for (const [name, value] of metaOf(doc).entries())
    if (value !== undefined && value !== null) put(content, name.split('.'), value);
  for (const field of textFieldNames) {
    const text = textOf(doc, field).toJSON();
    if (text !== '' || field === 'headline' || field === 'lede') put(content, textFields[field], text);
  }
  for (const field of listFields) content[field] = distinct(listOf(doc, field).toArray());
  content['body'] = readBody(bodyOf(doc));
  // A dateline without a place and a picture without its file are none.
  if (!has(content['dateline'], 'place')) delete content['dateline'];
  if (!has(content['leadPicture'], 'asset')) delete content['leadPicture'];
  return content;
}

/** Fills an empty shared document. */
export function writeArticle(doc: Y.Doc, content: ArticleContent): void {
  doc.transact(() => {
    for (const [name, value] of Object.entries(metaMembers(content))) metaOf(doc).set(name, value);
    for (const field of textFieldNames) {
      const text = textValue(content, field);
      if (text !== '') textOf(doc, field).insert(0, text);
    }
    for (const field of listFields) listOf(doc, field).insert(0, [...content[field]]);
    const elements = bodyElements(content.body);
    if (elements.length > 0) bodyOf(doc).insert(0, elements);
  });
}

/** What of a content stands in `meta`, by the names there. */
export function metaMembers(content: ArticleContent): Members {
  const out: Members = {};
  const typed = new Set<string>(textFieldNames.map((field) => textFields[field][0]));
  for (const [name, value] of Object.entries(content))
    if (
      name !== 'body' &&
      !typed.has(name) &&
      !(listFields as readonly string[]).includes(name) &&
      value !== undefined
    )
      out[name] = value;
  for (const name of NESTED) {
    const value = at(content, name.split('.'));
    if (value !== undefined) out[name] = value;
  }
  return out;
}

/** The text of a typed field; empty where the content has none. */
export function textValue(content: ArticleContent, field: keyof typeof textFields): string {
  const value = at(content, textFields[field]);
  return typeof value === 'string' ? value : '';
}

function at(value: unknown, path: readonly string[]): unknown {
  let found: unknown = value;
  for (const step of path)
    found = typeof found === 'object' && found !== null ? (found as Members)[step] : undefined;
  return found;
}

function put(content: Members, path: readonly string[], value: unknown): void {
  const [first = '', second] = path;
  if (second === undefined) content[first] = value;
  else content[first] = { ...(content[first] as Members | undefined), [second]: value };
}

const has = (value: unknown, member: string): boolean =>
  typeof value === 'object' && value !== null && (value as Members)[member] !== undefined;

/** Two who add the same concept at once have added it once. */
function distinct(list: readonly unknown[]): unknown[] {
  const seen = new Set<string>();
  return list.filter((item) => {
    const key = JSON.stringify(item);
    return seen.has(key) ? false : (seen.add(key), true);
  });
}
