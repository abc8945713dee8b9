/**
 * The account of an import: every item of the file is either kept or dropped with a reason, so that `in` is always `kept` plus all drops.
 * Of the kept, `unchanged` were there already and stayed as they were.
 */
export type Ledger = {
  in: number;
  kept: number;
  unchanged: number;
  /** By kind of item: how many came in and were kept. */
  kinds: Record<string, { in: number; kept: number }>;
  /** By reason. */
  dropped: Record<string, number>;
  /** Things to know of what was kept: the first hundred, and how many there were. */
  warnings: { count: number; first: string[] };
  /** Files that were looked for at an address or in a folder and could not be had. */
  missing: number;
};

const SHOWN_WARNINGS = 100;
const SHOWN_REASONS = 200;

export function emptyLedger(): Ledger {
  return {
    in: 0,
    kept: 0,
    unchanged: 0,
    kinds: {},
    dropped: {},
    warnings: { count: 0, first: [] },
    missing: 0,
  };
}

/** Enters one item of the file. */
export function enter(
  ledger: Ledger,
  kind: string,
  outcome: { kept: true; unchanged?: boolean } | { kept: false; reason: string },
): void {
  ledger.in += 1;
  const line = (ledger.kinds[kind] ??= { in: 0, kept: 0 });
  line.in += 1;
  if (outcome.kept) {
    ledger.kept += 1;
    line.kept += 1;
    if (outcome.unchanged === true) ledger.unchanged += 1;
  } else {
    // Reasons quote the file; a file full of odd ones must not make the account as large as itself.
    const known = Object.hasOwn(ledger.dropped, outcome.reason);
    const room = Object.keys(ledger.dropped).length < SHOWN_REASONS;
    const reason = known || room ? outcome.reason : 'other reasons';
    ledger.dropped[reason] = (ledger.dropped[reason] ?? 0) + 1;
  }
}

export function warn(ledger: Ledger, warning: string): void {
  ledger.warnings.count += 1;
  if (ledger.warnings.first.length < SHOWN_WARNINGS) ledger.warnings.first.push(warning);
}

/** Whether the account adds up. */
export function balances(ledger: Ledger): boolean {
  return ledger.in === ledger.kept + Object.values(ledger.dropped).reduce((sum, count) => sum + count, 0);
}

/** The account for a person to read. */
export function ledgerText(ledger: Ledger): string {
  const lines = [
    `${ledger.in} in = ${ledger.kept} kept (${ledger.unchanged} unchanged) + ${ledger.in - ledger.kept} dropped`,
  ];
  for (const [kind, { in: came, kept }] of Object.entries(ledger.kinds))
    lines.push(`  ${kind.padEnd(12)} ${kept} of ${came}`);
  for (const [reason, count] of Object.entries(ledger.dropped).sort((a, b) => b[1] - a[1]))
    lines.push(`  dropped ${String(count).padStart(6)}  ${reason}`);
  if (ledger.warnings.count > 0) {
    lines.push(`${ledger.warnings.count} ${ledger.warnings.count === 1 ? 'warning' : 'warnings'}`);
    for (const warning of ledger.warnings.first.slice(0, 30)) lines.push(`  ${warning}`);
    if (ledger.warnings.count > 30) lines.push('  …');
  }
  return lines.join('\n');
}
