import { expect, test } from 'vitest';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';

eachDatabase('the audit log', (open) => {
  test('has who moved the schedule of the radio and who marked a moment', async () => {
    await using api = await serveApi(await open());
    const admin = await api.person('admin');
    const producer = await api.person('producer');
    const ask = async (what: string, token: string, payload?: object, headers = {}) => {
      const answer = await api.ask(what, token, payload === undefined ? {} : { payload, headers });
      expect(answer.statusCode, answer.body).toBeLessThan(300);
      return answer.body === '' ? undefined : answer.json();
    };
    const mount = await ask('POST /api/v1/radio/mounts', admin.token, { slug: 'live', name: 'Live' });
    const programme = await ask('POST /api/v1/radio/programmes', producer.token, { title: 'Morning' });
    const place = { mount: mount.id, programme: programme.id, weekday: 1, starts: '06:00', minutes: 60 };
    const slot = await ask('POST /api/v1/radio/slots', producer.token, place);
    const at = `/api/v1/radio/slots/${slot.id}`;
    await ask(`PUT ${at}`, producer.token, { ...place, minutes: 90 }, { 'if-match': `"${slot.rowVersion}"` });
    await ask(`DELETE ${at}`, producer.token);
    const moment = await ask(`POST /api/v1/radio/mounts/${mount.id}/moments`, producer.token, {
      label: 'Goal',
    });
    const log = await ask('GET /api/v1/audit', admin.token);
    const marked = log.items.find((entry: { action: string }) => entry.action === 'moment.mark');
    expect([marked?.by, marked?.object.id, marked?.details.label]).toEqual([producer.id, moment.id, 'Goal']);
    const deeds = (log.items as { action: string; by: string; object: { id: string } }[])
      .filter(({ object }) => object.id === slot.id)
      .map(({ action, by }) => [action, by]);
    expect(deeds.toReversed()).toEqual([
      ['slot.create', producer.id],
      ['slot.change', producer.id],
      ['slot.remove', producer.id],
    ]);
  });
});
