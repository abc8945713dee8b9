/** What a rendition says of itself: credit and rights go with every copy, nothing private does. */
export type Rights = {
  readonly credit: string;
  readonly creator: string;
  readonly caption: string;
  readonly alt: string;
  readonly rightsHolder: string;
  readonly rightsTerms: string;
} & CarriedRights;

/** Taken from the original as it is (IPTC Photo Metadata Standard 2023.2, PLUS): addresses. */
export type CarriedRights = {
  /** A page about the rights. */
  readonly webStatement?: string;
  /** Where a licence is to be had. */
  readonly licensorUrl?: string;
  /** How the picture came about; says when a machine made it. */
  readonly digitalSourceType?: string;
  /** Whether machines may learn from it. */
  readonly dataMining?: string;
};

const escape = (text: string): string =>
  text
    // oxlint-disable-next-line no-control-regex -- what XML 1.0 does not allow
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');

const plain = (name: string, text: string): string =>
  text === '' ? '' : `<${name}>${escape(text)}</${name}>`;
const lingual = (name: string, text: string): string =>
  text === ''
    ? ''
    : `<${name}><rdf:Alt><rdf:li xml:lang="x-default">${escape(text)}</rdf:li></rdf:Alt></${name}>`;
const ordered = (name: string, text: string): string =>
  text === '' ? '' : `<${name}><rdf:Seq><rdf:li>${escape(text)}</rdf:li></rdf:Seq></${name}>`;

/** An XMP packet (ISO 16684-1) with the IPTC Photo Metadata fields that a reader, an agency or a search engine looks for. */
export function xmpPacket(rights: Rights): string {
  const fields = [
    lingual('dc:rights', rights.credit),
    ordered('dc:creator', rights.creator),
    lingual('dc:description', rights.caption),
    plain('photoshop:Credit', rights.credit),
    plain('xmpRights:Marked', rights.credit === '' ? '' : 'True'),
    lingual('xmpRights:UsageTerms', rights.rightsTerms),
    plain('xmpRights:WebStatement', rights.webStatement ?? ''),
    rights.rightsHolder === ''
      ? ''
      : `<plus:CopyrightOwner><rdf:Seq><rdf:li rdf:parseType="Resource">${plain('plus:CopyrightOwnerName', rights.rightsHolder)}</rdf:li></rdf:Seq></plus:CopyrightOwner>`,
    rights.licensorUrl === undefined
      ? ''
      : `<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">${plain('plus:LicensorURL', rights.licensorUrl)}</rdf:li></rdf:Seq></plus:Licensor>`,
    plain('plus:DataMining', rights.dataMining ?? ''),
    plain('Iptc4xmpExt:DigitalSourceType', rights.digitalSourceType ?? ''),
    lingual('Iptc4xmpCore:AltTextAccessibility', rights.alt),
  ].join('');
  return (
    `<?xpacket begin="\uFEFF" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">` +
    `<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""` +
    ` xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/"` +
    ` xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/" xmlns:plus="http://ns.useplus.org/ldf/xmp/1.0/"` +
    ` xmlns:Iptc4xmpExt="http://iptc.org/std/Iptc4xmpExt/2008-02-29/"` +
    ` xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">${fields}</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>`
  );
}
