/**
 * Content Credentials (C2PA) of pictures, in the picture worker: what they say is checked, and a rendition gets a manifest of its own whose
 * parent is the original with all of its manifests, so that the chain from the camera to the reader stays whole.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initSync, WasmBuilder, WasmReader } from '@contentauth/c2pa-wasm';

/** Asks the parent process, which alone has the key, for the signature of a claim. */
export type SignClaim = (claim: Uint8Array) => Promise<Uint8Array>;

type Format = 'avif' | 'webp' | 'jpeg';
type Manifest = { readonly assertions?: readonly { readonly label: string; readonly data: unknown }[] };
type Store = {
  readonly manifests?: Readonly<Record<string, Manifest>>;
  readonly validation_state?: string;
};

const SETTINGS = JSON.stringify({
  // Whom to trust is the reader's to say; nothing is fetched from anywhere.
  verify: { verify_trust: false, verify_after_sign: false, remote_manifest_fetch: false, ocsp_fetch: false },
});
/** Assertions in which cameras and programs write Exif: positions among it. */
const METADATA = /^(stds\.exif|stds\.metadata|c2pa\.metadata|cawg\.metadata|stds\.iptc)/;

/** A Blob whose bytes are at hand: the library reads it as a browser's worker would, synchronously. */
class HeldBlob extends Blob {
  readonly held: Buffer;
  constructor(held: Buffer) {
    super([new Uint8Array(held)]);
    this.held = held;
  }
  override slice(start?: number, end?: number): HeldBlob {
    return new HeldBlob(this.held.subarray(start, end));
  }
}
class FileReaderSync {
  readAsArrayBuffer({ held }: HeldBlob): ArrayBuffer {
    return new Uint8Array(held).buffer;
  }
}

let ready: Promise<void> | undefined;

async function start(): Promise<void> {
  ready ??= (async () => {
    Object.assign(globalThis, { FileReaderSync });
    const file = fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'));
    initSync({ module: await readFile(file) });
  })();
  await ready;
}

/** Whether a file carries a manifest at all; cheap, so that the library is loaded for those that do. */
export function mayHaveCredentials(bytes: Buffer): boolean {
  return bytes.includes('jumb') && bytes.includes('c2pa');
}

/** `valid`: they are this picture's and whole. `invalid`: the picture or its history was changed since. */
export async function checkCredentials(bytes: Buffer, format: string): Promise<'valid' | 'invalid' | null> {
  if (!mayHaveCredentials(bytes)) return null;
  try {
    const { validation_state: state } = await storeOf(bytes, format);
    return state === 'Valid' || state === 'Trusted' ? 'valid' : 'invalid';
  } catch {
    return 'invalid';
  }
}

async function storeOf(bytes: Buffer, format: string): Promise<Store> {
  await start();
  const reader = await WasmReader.fromBytes(`image/${format}`, bytes, SETTINGS);
  try {
    return reader.manifestStore() as Store;
  } finally {
    reader.free();
  }
}

export type Derivation = {
  readonly original: Buffer;
  readonly originalFormat: string;
  readonly rendition: Buffer;
  readonly format: Format;
  /** What was done: `c2pa.resized`, `c2pa.cropped`, `c2pa.transcoded`. */
  readonly actions: readonly string[];
  readonly title: string;
  readonly signatureBytes: number;
};

/** The rendition with credentials of its own, the original as their parent. Positions in the original's manifests are redacted. */
export async function deriveCredentials(of: Derivation, sign: SignClaim): Promise<Buffer> {
  await start();
  const mime = `image/${of.format}`;
  const definition = {
    claim_generator_info: [{ name: 'Dateline' }],
    title: of.title,
    format: mime,
    assertions: [],
  };
  const builder = WasmBuilder.fromJson(JSON.stringify(definition), SETTINGS);
  try {
    builder.setIntent('edit');
    await builder.addIngredientFromBlob(
      JSON.stringify({ title: of.title, relationship: 'parentOf' }),
      `image/${of.originalFormat}`,
      new HeldBlob(of.original),
    );
    for (const action of of.actions) builder.addAction({ action });
    for (const uri of await privateAssertions(of)) builder.addRedaction(uri, 'c2pa.PII.present');
    const signer = {
      alg: 'es256',
      reserveSize: of.signatureBytes,
      sign: async (claim: Uint8Array) => new Uint8Array(await sign(claim)),
    };
    return Buffer.from(await builder.sign(signer, [], mime, new HeldBlob(of.rendition)));
  } finally {
    builder.free();
  }
}

async function privateAssertions({ original, originalFormat }: Derivation): Promise<string[]> {
  const { manifests = {} } = await storeOf(original, originalFormat);
  return Object.entries(manifests).flatMap(([label, { assertions = [] }]) =>
    assertions
      .filter(
        ({ label: name, data }) => METADATA.test(name) && /GPS|[Ll]ocation|Serial/.test(JSON.stringify(data)),
      )
      .map(({ label: name }) => `self#jumbf=/c2pa/${label}/c2pa.assertions/${name}`),
  );
}
