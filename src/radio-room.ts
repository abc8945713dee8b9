import { join } from 'node:path';
import type { Clock } from './base/clock.ts';
import type { Config } from './config/config.ts';
import { NOUN_CHANGED, RADIO_CHANGED } from './contract/events.ts';
import { openStation, type Station } from './features/radio/radio.ts';
import { makeDial } from './http/dial.ts';
import type { Logger } from './http/log.ts';
import { makeOutbound, type OutboundRules } from './http/outbound.ts';
import type { Db } from './storage/db.ts';
import type { Blobs } from './storage/files/blobs.ts';
import type { Subscriber } from './storage/outbox.ts';

/** Opens the radio of this process. */
export function startRadio(
  house: { readonly db: Db; readonly blobs: Blobs; readonly clock: Clock },
  { config, log }: { readonly config: Config; readonly log: Logger },
): Promise<Station> {
  const rules: OutboundRules = {
    ports: 'any',
    allow: (address, port) =>
      config.relayAllow.includes(`${address.includes(':') ? `[${address}]` : address}:${port}`),
  };
  return openStation({
    db: house.db,
    blobs: house.blobs,
    clock: house.clock,
    folder: join(config.dataFolder, 'radio'),
    listen: config.radioListen,
    dial: makeDial(rules),
    outbound: makeOutbound(rules),
    ffmpeg: config.ffmpeg,
    maxBytes: config.radioBytes,
    log,
  });
}

/** Mounts and the schedule are read anew when someone has changed them, in whichever process. */
export function radioSubscribers(station: Station | undefined): Subscriber[] {
  if (station === undefined) return [];
  return [
    {
      name: 'radio',
      durable: false,
      handle: async (events) => {
        const concerns = ({ topic, payload }: (typeof events)[number]): boolean =>
          topic === RADIO_CHANGED ||
          (topic === NOUN_CHANGED && (payload['noun'] === 'site' || payload['noun'] === 'asset'));
        if (events.some(concerns)) await station.reload();
      },
    },
  ];
}
