import type { House } from '../../app.ts';
import { createAsset, receiveBytes } from '../../features/media/media.ts';
import {
  addEncoder,
  createMount,
  createProgramme,
  createSlot,
  prepareEncoder,
} from '../../features/radio/radio.ts';
import { stationLoop } from './station-loop.ts';

const PROGRAMMES = [
  {
    title: 'Morning Courier',
    hosts: ['Salma Nadir'],
    description: 'What the day brings to the river town: news, ferries, weather and the council’s list.',
    starts: '06:00',
    minutes: 180,
    days: [1, 2, 3, 4, 5],
  },
  {
    title: 'The Bridge at Noon',
    hosts: ['Tomas Rieck'],
    description: 'An hour of reports and answers from the people who build the bridge.',
    starts: '12:00',
    minutes: 60,
    days: [1, 2, 3, 4, 5],
  },
  {
    title: 'Evening Edition',
    hosts: ['Ines Aldermann', 'Tomas Rieck'],
    description: 'The day’s stories, told by those who wrote them.',
    starts: '18:00',
    minutes: 120,
    days: [1, 2, 3, 4, 5, 6, 7],
  },
  {
    title: 'Night Signal',
    hosts: [],
    description: 'Tones and tides until the morning.',
    starts: '20:00',
    minutes: 600,
    days: [1, 2, 3, 4, 5, 6, 7],
  },
  {
    title: 'Weekend on the Quay',
    hosts: ['Salma Nadir'],
    description: 'Walks, recipes and a long conversation.',
    starts: '09:00',
    minutes: 240,
    days: [6, 7],
  },
] as const;

/** The sample station: a mount that sounds from the first minute, its programmes and their week. */
export async function fillRadio(house: House, origin: string): Promise<void> {
  const context = { db: house.db, clock: house.clock, origin };
  const loop = await house.db.write((tx) =>
    createAsset(tx, house.clock, {
      kind: 'audio',
      fileName: 'station-loop.mp3',
      caption: 'Courier Radio – the station’s signal',
      credit: '© The sample newsroom',
      rightsHolder: 'Public domain',
    }),
  );
  await receiveBytes(house.media, { id: loop, bytes: await stationLoop(), mime: 'audio/mpeg' });
  const encoder = await prepareEncoder({ username: 'source', password: 'demo-studio' });
  await house.db.write(async (tx) => {
    const mountId = await createMount(tx, context, {
      slug: 'courier',
      name: 'Courier Radio',
      description: 'The sample newsroom’s station',
      fallback: { kind: 'files', assets: [loop] },
    });
    await addEncoder(tx, context, { mountId, encoder });
    for (const { title, hosts, description, starts, minutes, days } of PROGRAMMES) {
      const programme = await createProgramme(tx, context, {
        title,
        description,
        hosts: [...hosts],
        category: 'News > Daily News',
      });
      for (const weekday of days)
        await createSlot(tx, context, { programme, mount: mountId, weekday, starts, minutes });
    }
  });
}
