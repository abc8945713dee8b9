import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseDocument } from '../../../../contract/document.ts';
import { normalDoc } from '../../../../contract/shared/normal.ts';
import { pasteHtml, pasteText } from './paste.ts';

const folder = join(import.meta.dirname, 'fixtures');
const names = readdirSync(folder).filter((name) => name.endsWith('.html'));

/** One line a block, enough to read what became of it. */
function outline(blocks: readonly unknown[], indent = ''): string[] {
  return (blocks as { type: string; attrs?: object; content?: { type: string }[] }[]).flatMap((block) => {
    const attrs = block.attrs === undefined ? '' : ` ${JSON.stringify(block.attrs)}`;
    const inline = block.type === 'paragraph' || block.type === 'heading' || block.type === 'codeBlock';
    if (!inline) return [`${indent}${block.type}${attrs}`, ...outline(block.content ?? [], `${indent}  `)];
    const text = (block.content ?? [])
      .map((part) => {
        const { text, marks = [] } = part as {
          text?: string;
          marks?: { type: string; attrs?: Record<string, string> }[];
        };
        const note = (part as { attrs?: { text?: string } }).attrs?.text;
        if (text === undefined) return `[${part.type}${note === undefined ? '' : ` ${note}`}]`;
        const signs = marks.map(
          (mark) => `${mark.type}${mark.attrs === undefined ? '' : `=${Object.values(mark.attrs).join()}`}`,
        );
        return signs.length === 0 ? text : `{${signs.join(' ')}|${text}}`;
      })
      .join('');
    return [`${indent}${block.type}${attrs}: ${text}`];
  });
}

test.each(names)('%s', (name) => {
  const { blocks, pictures } = pasteHtml(readFileSync(join(folder, name), 'utf8'), 'en');
  const lines = [
    ...outline(blocks),
    ...pictures.map(({ source, alt }) => `picture ${source.slice(0, 40)} ${alt}`),
  ];
  expect(`${lines.join('\n')}\n`).toBe(readFileSync(join(folder, name.replace('.html', '.txt')), 'utf8'));
  parseDocument({ type: 'doc', content: blocks });
});

test('whatever is pasted becomes a valid document without script', () => {
  const piece = fc.constantFrom(
    '<b>',
    '</b>',
    '<p>',
    '</p>',
    '<table><tr><td>',
    '</td></tr></table>',
    '<ul><li>',
    '</li></ul>',
    'text ',
    '<script>x</script>',
    '<img src=x onerror=y>',
    '<a href="javascript:alert(1)">',
    '</a>',
    '<div style="mso-list:l0 level9">',
    '<h1>',
    '<br><br>',
    '<pre>',
    '<blockquote>',
    '\u0000',
    '<td colspan=999>',
    '<svg><a>',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const { blocks } = pasteHtml(pieces.join(''), 'en');
      const doc = parseDocument({ type: 'doc', content: blocks });
      expect(JSON.stringify(doc)).not.toMatch(/javascript:|onerror/);
      expect(normalDoc(normalDoc(doc))).toEqual(normalDoc(doc));
    }),
    { numRuns: 300 },
  );
});

test('plain text keeps its paragraphs and its lines', () => {
  expect(outline(pasteText('One.\nStill one.\n\nTwo.\r\n'))).toEqual([
    'paragraph: One.[hardBreak]Still one.',
    'paragraph: Two.',
  ]);
  expect(outline(pasteText('One.\nTwo.'))).toEqual(['paragraph: One.', 'paragraph: Two.']);
});

test('addresses in plain text are links, without the stop after them and without what only counts clicks', () => {
  expect(
    outline(
      pasteText(
        'See https://example.org/a?utm_source=x&b=1, (https://example.org/b) and http://[no.\nhttps://en.wikipedia.org/wiki/A_(b)',
      ),
    ),
  ).toEqual([
    'paragraph: See {link=https://example.org/a?b=1|https://example.org/a?utm_source=x&b=1}, ({link=https://example.org/b|https://example.org/b}) and http://[no.',
    'paragraph: {link=https://en.wikipedia.org/wiki/A_(b)|https://en.wikipedia.org/wiki/A_(b)}',
  ]);
});

test('an address in words of another script ends where it ends', () => {
  expect(outline(pasteText('انظر https://example.org/x؟ نعم'))[0]).toContain('{link=');
});
