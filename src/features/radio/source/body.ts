/** How the body of an encoder's request is framed. */
export type Framing =
  | { readonly kind: 'endless' }
  | { readonly kind: 'chunked' }
  | { readonly kind: 'length'; readonly bytes: number };

/** RFC 9112 §6.3, and SOURCE of Icecast, whose body has no end but the connection's. Undefined for what must be refused. */
export function framingOf(method: string, headers: Readonly<Record<string, string>>): Framing | undefined {
  const coding = headers['transfer-encoding']?.toLowerCase();
  const length = headers['content-length'];
  if (coding !== undefined) {
    if (length !== undefined) return undefined;
    if (coding === 'chunked') return { kind: 'chunked' };
    return coding === 'identity' ? { kind: 'endless' } : undefined;
  }
  // Encoders of SOURCE send made-up lengths (0, or the largest there is).
  if (length === undefined || method === 'SOURCE') return { kind: 'endless' };
  if (!/^\d{1,15}$/.test(length)) return undefined;
  return Number(length) === 0 ? { kind: 'endless' } : { kind: 'length', bytes: Number(length) };
}

export type Unframed = { readonly sound: Buffer[]; readonly over: boolean; readonly broken: boolean };
export type Unframer = { push(chunk: Buffer): Unframed };

export function makeUnframer(framing: Framing): Unframer {
  if (framing.kind === 'endless')
    return { push: (chunk) => ({ sound: [chunk], over: false, broken: false }) };
  if (framing.kind === 'length') {
    let left = framing.bytes;
    return {
      push: (chunk) => {
        const sound = chunk.subarray(0, left);
        left -= sound.length;
        return { sound: [sound], over: left === 0, broken: false };
      },
    };
  }
  return chunkedUnframer();
}

/** RFC 9112 §7.1, in whatever pieces it comes. */
function chunkedUnframer(): Unframer {
  let state: 'size' | 'data' | 'end' | 'trailer' = 'size';
  let line = '';
  let left = 0;
  return {
    push: (chunk) => {
      const sound: Buffer[] = [];
      let at = 0;
      while (at < chunk.length) {
        if (state === 'data') {
          const piece = chunk.subarray(at, at + left);
          sound.push(piece);
          at += piece.length;
          left -= piece.length;
          if (left === 0) state = 'end';
          continue;
        }
        const byte = chunk.readUInt8(at);
        at += 1;
        if (byte !== 0x0a) {
          line += String.fromCharCode(byte);
          if (line.length > 1024) return { sound, over: true, broken: true };
          continue;
        }
        const text = line.replace(/\r$/, '');
        line = '';
        if (state === 'trailer') {
          if (text === '') return { sound, over: true, broken: false };
        } else if (state === 'end') {
          if (text !== '') return { sound, over: true, broken: true };
          state = 'size';
        } else {
          const size = /^([0-9a-fA-F]{1,7})(?:\s*;.*)?$/.exec(text)?.[1];
          if (size === undefined) return { sound, over: true, broken: true };
          left = Number.parseInt(size, 16);
          state = left === 0 ? 'trailer' : 'data';
        }
      }
      return { sound, over: false, broken: false };
    },
  };
}
