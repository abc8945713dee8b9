import { z } from 'zod';

/** The text of a comment: a small closed tree, never a string of markup. It is escaped once, when rendered. */

const linkHref = z
  .string()
  .max(2048)
  .regex(/^https?:\/\/[^\s]+$/i, 'a link must be http or https');

export const CommentInline = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1),
    bold: z.literal(true).optional(),
    italic: z.literal(true).optional(),
    code: z.literal(true).optional(),
    href: linkHref.optional(),
  }),
  z.strictObject({ type: z.literal('break') }),
  /** A person of the discussion; the name as it was when written. */
  z.strictObject({ type: z.literal('mention'), user: z.string().max(60), name: z.string().min(1).max(200) }),
]);
export type CommentInline = z.infer<typeof CommentInline>;

const inlines = z.array(CommentInline).min(1);
const Paragraph = z.strictObject({ type: z.literal('paragraph'), content: inlines });

export const CommentBlock = z.discriminatedUnion('type', [
  Paragraph,
  /** Somebody else's words. Quotes do not nest. */
  z.strictObject({ type: z.literal('quote'), content: z.array(Paragraph).min(1) }),
  z.strictObject({
    type: z.literal('list'),
    ordered: z.boolean(),
    items: z.array(inlines).min(1),
  }),
  z.strictObject({ type: z.literal('code'), text: z.string().min(1) }),
]);
export type CommentBlock = z.infer<typeof CommentBlock>;

export const CommentDoc = z.strictObject({ type: z.literal('comment'), content: z.array(CommentBlock) });
export type CommentDoc = z.infer<typeof CommentDoc>;

function inlineText(content: readonly CommentInline[]): string {
  return content
    .map((node) => (node.type === 'text' ? node.text : node.type === 'break' ? '\n' : `@${node.name}`))
    .join('');
}

function blockText(block: CommentBlock): string {
  switch (block.type) {
    case 'paragraph':
      return inlineText(block.content);
    case 'quote':
      return block.content.map((paragraph) => `> ${inlineText(paragraph.content)}`).join('\n');
    case 'list':
      return block.items
        .map((item, i) => `${block.ordered ? `${i + 1}.` : '-'} ${inlineText(item)}`)
        .join('\n');
    case 'code':
      return block.text;
  }
}

/** The words of a comment, blocks on lines of their own. `own` leaves out what it quotes of others. */
export function commentText(doc: CommentDoc, { own = false }: { own?: boolean } = {}): string {
  return doc.content
    .filter((block) => !own || block.type !== 'quote')
    .map(blockText)
    .join('\n')
    .trim();
}

/** The addresses that a comment links to. */
export function commentLinks(doc: CommentDoc): string[] {
  const runs = doc.content.flatMap((block) =>
    block.type === 'paragraph'
      ? block.content
      : block.type === 'quote'
        ? block.content.flatMap((paragraph) => paragraph.content)
        : block.type === 'list'
          ? block.items.flat()
          : [],
  );
  return runs.flatMap((node) => (node.type === 'text' && node.href !== undefined ? [node.href] : []));
}

/** The people that a comment mentions, each once. */
export function commentMentions(doc: CommentDoc): string[] {
  const users = new Set<string>();
  const add = (content: readonly CommentInline[]): void => {
    for (const node of content) if (node.type === 'mention') users.add(node.user);
  };
  for (const block of doc.content) {
    if (block.type === 'paragraph') add(block.content);
    if (block.type === 'list') block.items.forEach(add);
  }
  return [...users];
}
