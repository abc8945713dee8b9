import { z } from 'zod';
import { ListeningAnswer } from '../../contract/radio-answers.ts';
import { ById } from '../../http/api/collection.ts';
import { type ApiContext, type ApiRoute, route } from '../../http/route.ts';
import { estimate, mergeInto, unpackSketch } from './count/sketch.ts';
import { listeningRecords } from './programmes.newsroom.views.ts';

const PATH = '/api/v1/radio';
const tags = ['radio'];

/** People only: bots are in the rows, apart. */
function totalOf(rows: Awaited<ReturnType<typeof listeningRecords>>): {
  hours: number;
  peak: number;
  listeners: number;
} {
  const all = unpackSketch('p');
  let seconds = 0;
  let peak = 0;
  for (const row of rows) {
    if (row.audience !== 'people') continue;
    mergeInto(all, unpackSketch(row.people));
    seconds += row.seconds;
    peak = Math.max(peak, row.peak);
  }
  return { hours: seconds / 3600, peak, listeners: estimate(all) };
}

/** Who listened: hours, most at once, and how many different ones. */
export const listeningRoutes: ApiRoute<object>[] = [
  route({
    method: 'GET',
    path: `${PATH}/mounts/:id/listening`,
    summary: 'Says who listened, by hour and programme; unique listeners are of one day',
    tags,
    permission: 'radio:read',
    input: { params: ById, query: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }) },
    output: z.object({
      items: z.array(ListeningAnswer),
      total: ListeningAnswer.omit({ startsAt: true, programme: true, audience: true }),
    }),
    handler: async (ctx: ApiContext<object>, { params, query }) => {
      const rows = await listeningRecords(ctx.db.read, { ...query, mountId: params.id });
      const items = rows.map((row) => ({
        startsAt: row.starts_at,
        programme: row.programme_id === '' ? null : row.programme_id,
        audience: row.audience,
        hours: row.seconds / 3600,
        peak: row.peak,
        listeners: estimate(unpackSketch(row.people)),
      }));
      return { body: { items, total: totalOf(rows) } };
    },
  }),
  route({
    method: 'GET',
    path: `${PATH}/listening`,
    summary: 'Says who listened to each programme, on all mounts; unique listeners are of one day',
    tags,
    permission: 'radio:read',
    input: { query: z.object({ from: z.iso.datetime(), to: z.iso.datetime() }) },
    output: z.object({ items: z.array(ListeningAnswer.omit({ startsAt: true, audience: true })) }),
    handler: async (ctx: ApiContext<object>, { query }) => {
      const rows = await listeningRecords(ctx.db.read, query);
      const items = [...Map.groupBy(rows, (row) => row.programme_id)].map(([programme, own]) => ({
        programme: programme === '' ? null : programme,
        ...totalOf(own),
      }));
      return { body: { items: items.toSorted((a, b) => b.hours - a.hours) } };
    },
  }),
];
