import * as decoding from 'lib0/decoding';
import * as encoding from 'lib0/encoding';

/** Messages between an editor and the server over one socket; numbers count the updates of a connection from 1. */
export type ClientMessage =
  | {
      readonly kind: 'hello';
      readonly version: number;
      readonly clientId: number;
      readonly vector: Uint8Array;
    }
  /** `vector`: what the sender knew when it made the update. */
  | {
      readonly kind: 'update';
      readonly number: number;
      readonly vector: Uint8Array;
      readonly update: Uint8Array;
    }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  /** Asks for a revision of everything sent so far. */
  | { readonly kind: 'save'; readonly request: number };

export type ServerMessage =
  | {
      readonly kind: 'welcome';
      readonly info: Welcome;
      readonly vector: Uint8Array;
      readonly update: Uint8Array;
    }
  | { readonly kind: 'update'; readonly update: Uint8Array }
  /** Every update up to this number is on the server's disk. */
  | { readonly kind: 'durable'; readonly number: number }
  | { readonly kind: 'awareness'; readonly update: Uint8Array }
  | { readonly kind: 'notice'; readonly notice: Notice };

export type Welcome = {
  readonly mayWrite: boolean;
  readonly revision: number;
  readonly fault: string | null;
};

export type Notice =
  | { readonly kind: 'revision'; readonly revision: number; readonly at: string }
  /** Why no revision can be made of what is written: everything is kept none the less. */
  | { readonly kind: 'fault'; readonly fault: string | null }
  | {
      readonly kind: 'saved';
      readonly request: number;
      readonly revision: number;
      readonly fault: string | null;
    }
  | { readonly kind: 'threads' }
  /** The disk is full or the database away: updates wait in the browser. */
  | { readonly kind: 'waiting'; readonly reason: string };

/** Codes with which the server closes a socket; below 4000 they are the protocol's own. */
export const closeCodes = {
  signedOut: 4401,
  notAllowed: 4403,
  gone: 4404,
  tooLarge: 4413,
  reload: 4426,
} as const;

const HELLO = 0;
const UPDATE = 1;
const AWARENESS = 2;
const SAVE = 3;
const DURABLE = 4;
const NOTICE = 5;

function write(fill: (encoder: encoding.Encoder) => void): Uint8Array {
  const encoder = encoding.createEncoder();
  fill(encoder);
  return encoding.toUint8Array(encoder);
}

export function encodeClient(message: ClientMessage): Uint8Array {
  return write((encoder) => {
    switch (message.kind) {
      case 'hello':
        encoding.writeVarUint(encoder, HELLO);
        encoding.writeVarUint(encoder, message.version);
        encoding.writeVarUint(encoder, message.clientId);
        encoding.writeVarUint8Array(encoder, message.vector);
        break;
      case 'update':
        encoding.writeVarUint(encoder, UPDATE);
        encoding.writeVarUint(encoder, message.number);
        encoding.writeVarUint8Array(encoder, message.vector);
        encoding.writeVarUint8Array(encoder, message.update);
        break;
      case 'awareness':
        encoding.writeVarUint(encoder, AWARENESS);
        encoding.writeVarUint8Array(encoder, message.update);
        break;
      case 'save':
        encoding.writeVarUint(encoder, SAVE);
        encoding.writeVarUint(encoder, message.request);
        break;
    }
  });
}

/** @throws Error on bytes that are no message. */
export function decodeClient(bytes: Uint8Array): ClientMessage {
  const decoder = decoding.createDecoder(bytes);
  const kind = decoding.readVarUint(decoder);
  if (kind === HELLO)
    return {
      kind: 'hello',
      version: decoding.readVarUint(decoder),
      clientId: decoding.readVarUint(decoder),
      vector: decoding.readVarUint8Array(decoder),
    };
  if (kind === UPDATE)
    return {
      kind: 'update',
      number: decoding.readVarUint(decoder),
      vector: decoding.readVarUint8Array(decoder),
      update: decoding.readVarUint8Array(decoder),
    };
  if (kind === AWARENESS) return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) };
  if (kind === SAVE) return { kind: 'save', request: decoding.readVarUint(decoder) };
  throw new Error(`no message of kind ${kind}`);
}

export function encodeServer(message: ServerMessage): Uint8Array {
  return write((encoder) => {
    switch (message.kind) {
      case 'welcome':
        encoding.writeVarUint(encoder, HELLO);
        encoding.writeVarString(encoder, JSON.stringify(message.info));
        encoding.writeVarUint8Array(encoder, message.vector);
        encoding.writeVarUint8Array(encoder, message.update);
        break;
      case 'update':
      case 'awareness':
        encoding.writeVarUint(encoder, message.kind === 'update' ? UPDATE : AWARENESS);
        encoding.writeVarUint8Array(encoder, message.update);
        break;
      case 'durable':
        encoding.writeVarUint(encoder, DURABLE);
        encoding.writeVarUint(encoder, message.number);
        break;
      case 'notice':
        encoding.writeVarUint(encoder, NOTICE);
        encoding.writeVarString(encoder, JSON.stringify(message.notice));
        break;
    }
  });
}

/** @throws Error on bytes that are no message. */
export function decodeServer(bytes: Uint8Array): ServerMessage {
  const decoder = decoding.createDecoder(bytes);
  const kind = decoding.readVarUint(decoder);
  if (kind === HELLO)
    return {
      kind: 'welcome',
      info: JSON.parse(decoding.readVarString(decoder)) as Welcome,
      vector: decoding.readVarUint8Array(decoder),
      update: decoding.readVarUint8Array(decoder),
    };
  if (kind === UPDATE) return { kind: 'update', update: decoding.readVarUint8Array(decoder) };
  if (kind === AWARENESS) return { kind: 'awareness', update: decoding.readVarUint8Array(decoder) };
  if (kind === DURABLE) return { kind: 'durable', number: decoding.readVarUint(decoder) };
  if (kind === NOTICE)
    return { kind: 'notice', notice: JSON.parse(decoding.readVarString(decoder)) as Notice };
  throw new Error(`no message of kind ${kind}`);
}
