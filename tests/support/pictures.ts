import sharp, { type Sharp } from 'sharp';

/** A picture whose four quarters have colours of their own, so that a test sees which part of it a crop shows. */
export function quarters(width: number, height: number): Sharp {
  const half = { width: Math.floor(width / 2), height: Math.floor(height / 2) };
  const part = (background: string, left: number, top: number) => ({
    input: { create: { ...half, channels: 3 as const, background } },
    left,
    top,
  });
  return sharp({ create: { width, height, channels: 3, background: '#ffffff' } }).composite([
    part('#ff0000', 0, 0),
    part('#00ff00', half.width, 0),
    part('#0000ff', 0, half.height),
    part('#ffff00', half.width, half.height),
  ]);
}

/** The XMP packet of an agency's photograph. */
const AGENCY_XMP = `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
 xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"
 xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/" photoshop:City="Skarholm" photoshop:Country="Norway"
 photoshop:Credit="Meridian" photoshop:DateCreated="2025-03-04T05:06:07+01:00">
 <dc:creator><rdf:Seq><rdf:li>Lucian Marin</rdf:li></rdf:Seq></dc:creator>
 <dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2025 Meridian</rdf:li></rdf:Alt></dc:rights>
 <dc:description><rdf:Alt><rdf:li xml:lang="x-default">The light at Skarholm &amp; the sea</rdf:li></rdf:Alt></dc:description>
 <dc:subject><rdf:Bag><rdf:li>lighthouse</rdf:li><rdf:li>winter</rdf:li></rdf:Bag></dc:subject>
 <xmpRights:UsageTerms><rdf:Alt><rdf:li xml:lang="x-default">Editorial use only</rdf:li></rdf:Alt></xmpRights:UsageTerms>
 <Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A white tower on a rock</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`;

/** A press photograph with everything that one carries: caption, credit, rights, and the place and camera that nobody must see. */
export function pressPhoto(width = 1600, height = 1000): Promise<Buffer> {
  return quarters(width, height)
    .withXmp(AGENCY_XMP)
    .withExif({
      IFD0: { Make: 'SecretCam', Model: 'Serial 777', Copyright: '(C) Meridian', Artist: 'Lucian Marin' },
      IFD2: { BodySerialNumber: 'SN-4242', DateTimeOriginal: '2025:03:04 05:06:07' },
      IFD3: {
        GPSLatitudeRef: 'N',
        GPSLatitude: '59/1 54/1 30/1',
        GPSLongitudeRef: 'E',
        GPSLongitude: '10/1 45/1 0/1',
      },
    })
    .jpeg({ quality: 90 })
    .toBuffer();
}

/** An XMP packet with these properties. */
export function xmpOf(properties: string): string {
  const spaces = Object.entries({
    rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
    dc: 'http://purl.org/dc/elements/1.1/',
    photoshop: 'http://ns.adobe.com/photoshop/1.0/',
    xmpRights: 'http://ns.adobe.com/xap/1.0/rights/',
    plus: 'http://ns.useplus.org/ldf/xmp/1.0/',
    Iptc4xmpCore: 'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/',
    Iptc4xmpExt: 'http://iptc.org/std/Iptc4xmpExt/2008-02-29/',
  }).map(([name, address]) => ` xmlns:${name}="${address}"`);
  return (
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF${spaces.join('')}>` +
    `<rdf:Description rdf:about="">${properties}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  );
}

/** A JPEG with data sets of IPTC-IIM: number within record 2, and the bytes of what it says. */
export async function iptcPhoto(
  sets: readonly (readonly [number, string])[],
  charset: 'utf8' | 'latin1',
): Promise<Buffer> {
  const jpeg = await quarters(320, 200).jpeg().toBuffer();
  const set = (record: number, number: number, said: Buffer): Buffer =>
    Buffer.concat([Buffer.from([0x1c, record, number, said.length >> 8, said.length & 255]), said]);
  const data = Buffer.concat([
    // The escape sequence of UTF-8 (IIM 1:90); without it old programs mean Latin-1.
    ...(charset === 'utf8' ? [set(1, 90, Buffer.from([0x1b, 0x25, 0x47]))] : []),
    ...sets.map(([number, said]) => set(2, number, Buffer.from(said, charset))),
  ]);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  const content = Buffer.concat([
    Buffer.from('Photoshop 3.0\0' + '8BIM\x04\x04\0\0', 'latin1'),
    length,
    data,
    Buffer.alloc(data.length % 2),
  ]);
  const head = Buffer.from([0xff, 0xed, 0, 0]);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, content, jpeg.subarray(2)]);
}
