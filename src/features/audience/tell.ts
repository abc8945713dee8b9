import { liveEvent, topic } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import type { LiveEvent } from '../../contract/live.ts';
import { newestFold, totalsSince } from './audience.views.ts';
import type { Present } from './present.ts';

/** The live channel, as far as numbers need it. */
export type Channel = {
  tell(event: LiveEvent): void;
  listeners(name: string): number;
  audience(): Map<string, number>;
};

/** Tells those who look at a thing how often it was seen and by how many it is read now, as soon as the numbers have moved. */
export function makeNumbersTeller(
  read: Reader,
  { channel, present }: { channel: Channel; present: Present },
): {
  views(): Promise<boolean>;
  readers(): Promise<void>;
} {
  let fold: number | undefined;
  const tell = (name: string, data: { views?: number; readers?: number }): void => {
    if (channel.listeners(name) > 0) channel.tell(liveEvent('numbers', { topic: name, data }));
  };
  const dashboard = (): void => {
    const name = topic.newsroom('audience');
    if (channel.listeners(name) > 0)
      channel.tell(
        liveEvent('audience.moved', { topic: name, data: { readers: present.readers(topic.site) } }),
      );
  };
  return {
    views: async () => {
      fold ??= await newestFold(read);
      const moved = await totalsSince(read, fold);
      for (const { kind, subject, people, fold: at } of moved) {
        fold = Math.max(fold, at);
        if (kind === 'article') tell(topic.article(subject), { views: people });
        else if (kind === 'storyline') tell(topic.storyline(subject), { views: people });
        else if (kind === 'site') tell(topic.site, { views: people });
      }
      if (moved.length > 0) dashboard();
      return moved.length > 0;
    },
    readers: async () => {
      const moved = await present.look(channel.audience());
      for (const [name, readers] of moved) tell(name, { readers });
      if (moved.has(topic.site)) dashboard();
    },
  };
}
