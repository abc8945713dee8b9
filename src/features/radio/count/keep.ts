import { randomBytes } from 'node:crypto';
import type { Db } from '../../../storage/db.ts';
import { readSetting, writeSetting } from '../../../storage/settings.store.ts';
import type { Counter } from './counter.ts';
import { addListening } from './listening.store.ts';

const SETTING = 'radio listening salt';

/** The day's secret, the same in every process and after a restart; that of another day is overwritten and gone. */
export async function loadSalt(db: Db, day: string): Promise<Buffer> {
  const salt = await db.write(async (tx) => {
    const known = await readSetting<{ day: string; key: string }>(tx, SETTING);
    if (known?.day === day) return known.key;
    const key = randomBytes(32).toString('base64');
    await writeSetting(tx, SETTING, { day, key });
    return key;
  });
  return Buffer.from(salt, 'base64');
}

/** Writes down what has gathered; what cannot be written is kept for the next time. */
export async function keepListening(db: Db, counter: Counter): Promise<void> {
  const batch = counter.take();
  if (batch.length === 0) return;
  try {
    await db.write((tx) => addListening(tx, batch));
  } catch (cause) {
    counter.giveBack(batch);
    throw cause;
  }
}
