import type { Socket } from 'node:net';
import type { Mount, SourceSession } from '../air/mount.ts';
import type { Head } from './head.ts';

/** Who may send to a mount. */
export type Credential = {
  readonly id: string;
  readonly username: string;
  readonly hash: string;
  readonly takesOver: boolean;
};

export type RadioLimits = {
  /** Encoders connected at once. */
  readonly sources: number;
  /** Listeners at once, over all mounts. */
  readonly listeners: number;
  readonly queueBytes: number;
  readonly burstBytes: number;
  /** An encoder that sends nothing for so long is disconnected. */
  readonly sourceMs: number;
  readonly headMs?: number;
};

/** Icecast's own numbers (`queue-size`, `burst-size`, `source-timeout`); as many listeners as one process serves well. */
export const defaultLimits: RadioLimits = {
  sources: 32,
  listeners: 12_000,
  queueBytes: 524_288,
  burstBytes: 65_535,
  sourceMs: 10_000,
};

/** What the listener for encoders asks of the station. */
export type Door = {
  readonly limits: RadioLimits;
  readonly now: () => number;
  mount(slug: string): Mount | undefined;
  /** The mount of encoders that name none (Shoutcast). */
  firstMount(): Mount | undefined;
  credentials(mount: Mount): Promise<readonly Credential[]>;
  sourceCount(): number;
  onConnected(mount: Mount, session: SourceSession): void;
  onDisconnected(mount: Mount, session: SourceSession, why: string): void;
  /** Lets a connection listen: the raw request was read already. */
  listen(given: { mount: Mount; head: Head; socket: Socket }): void;
  /** The state of every listed mount, as Icecast's `status-json.xsl` has it. */
  status(): unknown;
  onFault(cause: unknown): void;
};
