import { fieldsOf } from './json.ts';
import { truncate } from '../../../base/text.ts';
import type { PageRecognition } from './types.ts';

const WIDTH = 72;
const MOST = 60;

/** The recognition for a person to read: every field with its value, confidence and lines, then what was dropped and why. */
export function formatReport(page: PageRecognition): string {
  const out: string[] = ['Recognised'];
  for (const [name, found] of fieldsOf(page)) {
    if (found === null) {
      out.push(`  ${name.padEnd(10)}    –  not found`);
      continue;
    }
    const percent = `${Math.round(found.confidence * 100)}%`.padStart(4);
    out.push(`  ${name.padEnd(10)} ${percent}  ${truncate(shown(name, found.value), WIDTH)}`);
    out.push(
      `  ${' '.repeat(10)}       ${[linesText(found.lines), found.why].filter((part) => part !== '').join(': ')}`,
    );
  }
  out.push('', `Dropped (${page.dropped.length} ${page.dropped.length === 1 ? 'line' : 'lines'})`);
  for (const { line, text, reason } of page.dropped.slice(0, MOST)) {
    out.push(`  ${String(line).padStart(5)}  ${reason.padEnd(15)} ${truncate(text, WIDTH - 10)}`);
  }
  if (page.dropped.length > MOST) out.push(`  … and ${page.dropped.length - MOST} more`);
  return `${out.join('\n')}\n`;
}

function shown(name: string, value: unknown): string {
  if (typeof value === 'string') return value.slice(0, 400);
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) {
    if (name === 'body')
      return `${value.length} ${value.length === 1 ? 'paragraph' : 'paragraphs'}: ${String(value[0] ?? '').slice(0, 200)}`;
    return value
      .map((item: unknown) =>
        typeof item === 'string' ? item : isNamed(item) ? `${item.name} (${item.kind})` : '',
      )
      .join(' · ')
      .slice(0, 400);
  }
  if (typeof value !== 'object' || value === null) return '';
  if ('title' in value && 'count' in value)
    return `${String(value.title)}${typeof value.count === 'number' ? ` (${value.count})` : ''}`;
  if ('credit' in value) return String(value.credit);
  return 'text' in value ? String(value.text) : '';
}

function isNamed(item: unknown): item is { name: string; kind: string } {
  return typeof item === 'object' && item !== null && 'name' in item && 'kind' in item;
}

/** `line 4`, `lines 4–7, 9`. */
function linesText(lines: readonly number[]): string {
  const [first] = lines;
  if (first === undefined) return '';
  const runs: [number, number][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last !== undefined && line === last[1] + 1) last[1] = line;
    else runs.push([line, line]);
  }
  const text = runs
    .slice(0, 6)
    .map(([from, to]) => (from === to ? String(from) : `${from}–${to}`))
    .join(', ');
  return `${lines.length === 1 ? 'line' : 'lines'} ${text}${runs.length > 6 ? ', …' : ''}`;
}
