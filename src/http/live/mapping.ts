import type { LiveEvent } from '../../contract/live.ts';
import type { Reader } from '../../storage/db.ts';
import type { OutboxEvent } from '../../storage/outbox.ts';

/**
 * What readers and the newsroom are told of an event of the outbox. It is asked once a node, and again when an old event is sent to one
 * who comes back, so it depends on nothing but the event and the database. What it tells on a public topic is public at the moment it is
 * asked: it reads by public views.
 */
export type LiveMapping = {
  /** The outbox topic. */
  readonly on: string;
  map(event: OutboxEvent, read: Reader): readonly LiveEvent[] | Promise<readonly LiveEvent[]>;
};

export type LiveMapper = (event: OutboxEvent, read: Reader) => Promise<readonly LiveEvent[]>;

/** Puts mappings together; several may be on one outbox topic, and tell in the order of the list. */
export function mapperOf(mappings: readonly LiveMapping[]): LiveMapper {
  const byTopic = new Map<string, LiveMapping[]>();
  for (const mapping of mappings) byTopic.set(mapping.on, [...(byTopic.get(mapping.on) ?? []), mapping]);
  return async (event, read) => {
    const told: LiveEvent[] = [];
    for (const mapping of byTopic.get(event.topic) ?? []) told.push(...(await mapping.map(event, read)));
    return told;
  };
}
