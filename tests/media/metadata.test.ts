import ExifReader from 'exifreader';
import { expect, test } from 'vitest';
import { makeRenditions } from '../../src/features/media/media.ts';
import { serveApi } from '../support/api.ts';
import { eachDatabase } from '../support/database.ts';
import { iptcPhoto, quarters, xmpOf } from '../support/pictures.ts';
import { upload } from '../support/uploads.ts';

const alternatives = (name: string, said: Record<string, string>): string =>
  `<${name}><rdf:Alt>${Object.entries(said)
    .map(([lang, text]) => `<rdf:li xml:lang="${lang}">${text}</rdf:li>`)
    .join('')}</rdf:Alt></${name}>`;

eachDatabase('what pictures say of themselves', (open) => {
  test('of several languages one is taken; rights that have no field go from the file into every rendition', async () => {
    const db = await open();
    await using api = await serveApi(db);
    const { token } = await api.person('reporter');
    const packet = xmpOf(
      alternatives('dc:description', { 'de-DE': 'Der Hafen', 'x-default': 'The harbour', ar: 'الميناء' }) +
        alternatives('xmpRights:UsageTerms', { 'de-DE': 'Nur redaktionell', 'en-GB': 'Editorial only' }) +
        '<dc:subject><rdf:Bag><rdf:li>London, England</rdf:li><rdf:li>harbour</rdf:li></rdf:Bag></dc:subject>' +
        '<plus:CopyrightOwner><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:CopyrightOwnerName>Meridian</plus:CopyrightOwnerName></rdf:li></rdf:Seq></plus:CopyrightOwner>' +
        '<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource"><plus:LicensorURL>https://meridian.example/licence</plus:LicensorURL>' +
        '<plus:LicensorTelephone1>SECRET 555</plus:LicensorTelephone1></rdf:li></rdf:Seq></plus:Licensor>' +
        '<Iptc4xmpExt:LocationShown><rdf:Bag><rdf:li rdf:parseType="Resource"><Iptc4xmpExt:City>Oslo</Iptc4xmpExt:City>' +
        '<Iptc4xmpExt:CountryName>Norway</Iptc4xmpExt:CountryName></rdf:li></rdf:Bag></Iptc4xmpExt:LocationShown>' +
        '<Iptc4xmpExt:DigitalSourceType>http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia</Iptc4xmpExt:DigitalSourceType>' +
        '<plus:DataMining>http://ns.useplus.org/ldf/vocab/DMI-PROHIBITED</plus:DataMining>' +
        '<xmpRights:WebStatement>https://meridian.example/rights</xmpRights:WebStatement>',
    );
    const bytes = await quarters(700, 500).withXmp(packet).jpeg().toBuffer();
    const { asset } = await upload(api, token, { name: 'a.jpg', bytes });
    expect((await api.ask(`GET /api/v1/assets/${asset}`, token)).json()).toMatchObject({
      caption: 'The harbour',
      rightsTerms: 'Nur redaktionell',
      rightsHolder: 'Meridian',
      place: 'Oslo, Norway',
      keywords: ['London, England', 'harbour'],
    });
    await makeRenditions(api.media, asset);
    const rows = await db.read.selectFrom('renditions').selectAll().where('asset_id', '=', asset).execute();
    expect(rows.length).toBeGreaterThan(10);
    for (const { digest, name, format } of rows) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of (await api.media.blobs.get(digest)) ?? []) chunks.push(chunk as Uint8Array);
      const made = Buffer.concat(chunks);
      const xmp = ExifReader.load(made, { expanded: true }).xmp as Record<string, { description: string }>;
      const said = (field: string): string | undefined => xmp[field]?.description;
      expect(said('WebStatement'), `${name}.${format}`).toBe('https://meridian.example/rights');
      expect(said('Licensor')).toContain('https://meridian.example/licence');
      expect(said('DigitalSourceType')).toMatch(/trainedAlgorithmicMedia$/);
      expect(said('DataMining')).toMatch(/DMI-PROHIBITED$/);
      expect(made.includes('SECRET')).toBe(false);
    }
  });

  test.each(['utf8', 'latin1'] as const)(
    'IPTC-IIM in %s is read letter for letter, with its date',
    async (charset) => {
      await using api = await serveApi(await open());
      const { token } = await api.person('reporter');
      const bytes = await iptcPhoto(
        [
          [120, 'Schöne Brücke'],
          [80, 'Zoë Åkesson'],
          [110, 'TT'],
          [92, 'Kaj 4'],
          [101, 'Sverige'],
          [25, 'London, England'],
          [25, 'bro'],
          [40, 'Får ej arkiveras'],
          [55, '20250304'],
          [60, '102030+0100'],
        ],
        charset,
      );
      const { asset } = await upload(api, token, { name: 'a.jpg', bytes });
      expect((await api.ask(`GET /api/v1/assets/${asset}`, token)).json()).toMatchObject({
        caption: 'Schöne Brücke',
        credit: '© TT / Zoë Åkesson',
        creator: 'Zoë Åkesson',
        place: 'Kaj 4, Sverige',
        keywords: ['London, England', 'bro'],
        rightsTerms: 'Får ej arkiveras',
        takenAt: '2025-03-04T09:20:30.000Z',
      });
    },
  );
});
