import { expect, test } from 'vitest';
import { eachDatabase } from '../../../tests/support/database.ts';
import type { Db } from '../../storage/db.ts';
import { type AuditEntry, auditExport, auditPage, verifyAudit, writeAudit } from './audit.ts';
import { verifyEntries } from './audit.views.ts';

const write = (db: Db, id: string, details: Record<string, unknown> = {}): Promise<void> =>
  db.write((tx) =>
    writeAudit(tx, {
      by: { userId: 'u1', name: 'Ada' },
      action: 'article.publish',
      object: { kind: 'article', id },
      details,
    }),
  );

eachDatabase('the audit log', (open) => {
  test('is one chain, however many write at once, and what rolls back leaves no gap', async () => {
    const db = await open();
    await Promise.all(Array.from({ length: 12 }, (_, i) => write(db, `a${i}`, { i, odd: 'naïve \ud800' })));
    const broken = db.write(async (tx) => {
      await writeAudit(tx, { by: null, action: 'x', object: { kind: 'y', id: 'z' } });
      throw new Error('no');
    });
    await expect(broken).rejects.toThrow('no');
    await write(db, 'last');
    expect(await verifyAudit(db.read)).toMatchObject({ entries: 13, faults: [] });
    const page = await auditPage(db.read, { limit: 2, objectKind: 'article' });
    expect(page.map((entry) => entry.seq)).toEqual([13, 12]);
    expect(page[0]).toMatchObject({ by: 'u1', byName: 'Ada', object: { id: 'last' } });
  });

  test('tells every way in which it was tampered with', async () => {
    const db = await open();
    for (let i = 0; i < 6; i += 1) await write(db, `a${i}`, { i });
    const entries: AuditEntry[] = [];
    for await (const entry of auditExport(db.read)) entries.push(entry);
    const faultsOf = async (list: typeof entries): Promise<readonly string[]> =>
      (
        await verifyEntries(
          (async function* () {
            yield* list;
          })(),
        )
      ).faults;
    expect(await faultsOf(entries)).toEqual([]);
    const changed = entries.map((entry, i) => (i === 2 ? { ...entry, details: { i: 9 } } : entry));
    expect(await faultsOf(changed)).toEqual(['entry 3 is not what its hash says']);
    expect(await faultsOf(entries.filter((_, i) => i !== 3))).toHaveLength(2);
    // The end cut off is found by the head, which the database keeps beside.
    await db.write(async (tx) => void (await tx.deleteFrom('audit_entries').where('seq', '=', 6).execute()));
    expect((await verifyAudit(db.read)).faults).toEqual(['the log ends at 5, but its head is at 6']);
  });
});
