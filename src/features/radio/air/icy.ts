/** Bytes of sound between two pieces of metadata: what nearly every server of this kind uses. */
export const META_INTERVAL = 16_000;

const MAX_BYTES = 255 * 16;
export const NO_CHANGE: Buffer = Buffer.from([0]);

/** The metadata block of a title: a length in sixteenths, then `StreamTitle='…';` filled up with zeros. */
export function metadataBlock(title: string): Buffer {
  // A quotation mark before a semicolon would end the title early.
  const safe = title.replaceAll("';", '’;').replace(/[\0-\x1f]/g, ' ');
  let text = Buffer.from(`StreamTitle='${safe}';`);
  if (text.length > MAX_BYTES) {
    const cut = new TextDecoder().decode(Buffer.from(safe).subarray(0, MAX_BYTES - 32));
    text = Buffer.from(`StreamTitle='${cut.replace(/\uFFFD+$/, '')}';`);
  }
  const sixteenths = Math.ceil(text.length / 16);
  const block = Buffer.alloc(1 + sixteenths * 16);
  block.writeUInt8(sixteenths, 0);
  text.copy(block, 1);
  return block;
}
