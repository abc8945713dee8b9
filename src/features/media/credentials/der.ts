/** The little of DER (ITU-T X.690) that a certificate needs. */
export type Der = Buffer;

function tagged(tag: number, content: Buffer): Der {
  const { length } = content;
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
}

export const sequence = (...parts: Der[]): Der => tagged(0x30, Buffer.concat(parts));
export const set = (...parts: Der[]): Der => tagged(0x31, Buffer.concat(parts));
export const octets = (content: Buffer): Der => tagged(0x04, content);
export const bits = (content: Buffer, unused = 0): Der =>
  tagged(0x03, Buffer.concat([Buffer.from([unused]), content]));
export const text = (content: string): Der => tagged(0x0c, Buffer.from(content));
export const yes: Der = Buffer.from([0x01, 0x01, 0xff]);
/** Context-specific, constructed (`explicit`) or primitive. */
export const explicit = (number: number, content: Der): Der => tagged(0xa0 | number, content);
export const implicit = (number: number, content: Buffer): Der => tagged(0x80 | number, content);

/** A positive integer of any size, big-endian. */
export function integer(bytes: Buffer): Der {
  return tagged(0x02, ((bytes[0] ?? 0) & 0x80) === 0 ? bytes : Buffer.concat([Buffer.from([0]), bytes]));
}

/** An object identifier: `1.2.840.10045.4.3.2`. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const bytes: number[] = [];
  for (const part of [first * 40 + second, ...rest]) {
    const group: number[] = [];
    for (let left = part; ; left = Math.floor(left / 128)) {
      group.unshift((left % 128) | (group.length === 0 ? 0 : 0x80));
      if (left < 128) break;
    }
    bytes.push(...group);
  }
  return tagged(0x06, Buffer.from(bytes));
}

/** UTCTime to 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(instant: Date): Der {
  const digits = instant.toISOString().replace(/[-:T]/g, '').slice(0, 14);
  return instant.getUTCFullYear() < 2050
    ? tagged(0x17, Buffer.from(`${digits.slice(2)}Z`))
    : tagged(0x18, Buffer.from(`${digits}Z`));
}
