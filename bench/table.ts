import type { Row } from './row.ts';

const number = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toFixed(value >= 10 ? 1 : 2);

/** The rows as a Markdown table. */
export function tableOf(rows: readonly Row[]): string {
  const head = [
    'row',
    'articles',
    'ours',
    'lowest – highest',
    'yardstick',
    'ratio',
    'budget',
    'holds',
    'notes',
  ];
  const lines = rows.map((row) => [
    row.name,
    row.size.toLocaleString('en'),
    `${number(row.ours)} ${row.unit}`,
    `${number(row.spread[0])} – ${number(row.spread[1])}`,
    `${number(row.yardstick)} (${row.yardstickIs})`,
    row.yardstick === 0 ? '' : number(row.ours / row.yardstick),
    row.budget,
    row.holds === undefined ? '' : row.holds ? 'yes' : '**no**',
    row.note ?? '',
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |\n`;
  return line(head) + line(widths.map((width) => '-'.repeat(width))) + lines.map(line).join('');
}
