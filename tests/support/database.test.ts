import { expect, test } from 'vitest';
import { eachDatabase } from './database.ts';

eachDatabase('a test database', (open, kind) => {
  test('is migrated, empty, and no one else’s', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    expect(one.kind).toBe(kind);
    const row = { name: 'x', value: '1', updated_at: '2026-01-01T00:00:00.000Z' };
    await one.write(
      async (tx) =>
        void (await tx
          .insertInto('settings')
          .values(row as never)
          .execute()),
    );
    expect(await one.read.selectFrom('settings').select('name').execute()).toEqual([{ name: 'x' }]);
    expect(await other.read.selectFrom('settings').select('name').execute()).toEqual([]);
  });
});
