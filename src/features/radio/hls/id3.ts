const OWNER = 'com.apple.streaming.transportStreamTimestamp';

/** The ID3 tag with which a segment of packed audio begins (RFC 8216 §3.4): a PRIV frame of a 33-bit timestamp in eight bytes. */
export function timestampTag(pts: number): Buffer {
  const body = Buffer.alloc(OWNER.length + 1 + 8);
  body.write(OWNER, 0, 'latin1');
  body.writeBigUInt64BE(BigInt(pts), OWNER.length + 1);
  const tag = Buffer.alloc(20);
  tag.write('ID3', 0, 'latin1');
  tag.writeUInt8(4, 3);
  syncSafe(tag, 6, 10 + body.length);
  tag.write('PRIV', 10, 'latin1');
  syncSafe(tag, 14, body.length);
  return Buffer.concat([tag, body]);
}

/** ID3v2.4 §6.2: four bytes of seven bits. */
function syncSafe(into: Buffer, at: number, value: number): void {
  for (let i = 0; i < 4; i += 1) into.writeUInt8((value >> (7 * (3 - i))) & 0x7f, at + i);
}
