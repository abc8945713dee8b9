/** Takes the titles out of a stream that has them every so many bytes. */
export type IcyReader = { push(chunk: Buffer): Buffer[] };

export function makeIcyReader(interval: number, onTitle: (title: string) => void): IcyReader {
  let left = interval;
  let meta: Buffer[] | undefined;
  let metaLeft = -1;
  return {
    push: (chunk) => {
      const sound: Buffer[] = [];
      for (let at = 0; at < chunk.length;) {
        if (left > 0) {
          const piece = chunk.subarray(at, at + left);
          sound.push(piece);
          left -= piece.length;
          at += piece.length;
        } else if (metaLeft === -1) {
          metaLeft = chunk.readUInt8(at) * 16;
          meta = [];
          at += 1;
        } else {
          const piece = chunk.subarray(at, at + metaLeft);
          meta?.push(Buffer.from(piece));
          metaLeft -= piece.length;
          at += piece.length;
        }
        if (left === 0 && metaLeft === 0) {
          const text = Buffer.concat(meta ?? []);
          const title = /StreamTitle='(.*?)';(?:Stream|\0|$)/s.exec(decode(text))?.[1];
          if (title !== undefined) onTitle(title);
          left = interval;
          metaLeft = -1;
        }
      }
      return sound;
    },
  };
}

function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}
