import { liveEvent, topic } from '../../contract/live.ts';
import { RADIO_ON_AIR } from '../../contract/events.ts';
import type { LiveMapping } from '../../http/live/live.ts';
import { onAirTitle } from './mounts.views.ts';

/** What is on the air now, to every page: the masthead says it. */
export const radioLive: LiveMapping = {
  on: RADIO_ON_AIR,
  map: async (_event, read) => {
    const title = await onAirTitle(read);
    return [liveEvent('on-air', { topic: topic.radio, data: title === undefined ? {} : { title } })];
  },
};
