import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { initSync, WasmBuilder, WasmReader } from '@contentauth/c2pa-wasm';
import { makeCredential } from '../../src/features/media/credentials/certificate.ts';
import { SIGNATURE_BYTES, signClaim } from '../../src/features/media/credentials/cose.ts';

class Held extends Blob {
  readonly held: Buffer;
  constructor(held: Buffer) {
    super([new Uint8Array(held)]);
    this.held = held;
  }
  override slice(start?: number, end?: number): Held {
    return new Held(this.held.subarray(start, end));
  }
}

async function start(): Promise<void> {
  Object.assign(globalThis, {
    FileReaderSync: class {
      readAsArrayBuffer({ held }: Held): ArrayBuffer {
        return new Uint8Array(held).buffer;
      }
    },
  });
  initSync({
    module: await readFile(fileURLToPath(import.meta.resolve('@contentauth/c2pa-wasm/c2pa.wasm'))),
  });
}

/** A JPEG as a camera with Content Credentials makes it: signed by its maker, with a position in its Exif assertion. */
export async function cameraPhoto(jpeg: Buffer): Promise<Buffer> {
  await start();
  const maker = makeCredential('Camera Works', new Date('2026-01-01T00:00:00Z'));
  const definition = {
    claim_generator_info: [{ name: 'Camera' }],
    title: 'DSC_0001.JPG',
    format: 'image/jpeg',
    assertions: [
      {
        label: 'c2pa.actions.v2',
        data: {
          actions: [
            {
              action: 'c2pa.created',
              digitalSourceType: 'http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture',
            },
          ],
        },
      },
      {
        label: 'stds.exif',
        kind: 'Json',
        data: {
          '@context': { exif: 'http://ns.adobe.com/exif/1.0/' },
          'exif:GPSLatitude': '59,54.5N-SECRETPLACE',
        },
      },
    ],
  };
  const settings = JSON.stringify({ verify: { verify_trust: false, verify_after_sign: false } });
  const builder = WasmBuilder.fromJson(JSON.stringify(definition), settings);
  const signer = {
    alg: 'es256',
    reserveSize: SIGNATURE_BYTES,
    sign: async (claim: Uint8Array) => new Uint8Array(signClaim(maker, claim)),
  };
  return Buffer.from(await builder.sign(signer, [], 'image/jpeg', new Held(jpeg)));
}

type Manifest = {
  readonly title: string;
  readonly ingredients: readonly { readonly relationship: string; readonly active_manifest: string }[];
  readonly assertions: readonly {
    readonly label: string;
    readonly data: { actions?: { action: string }[] };
  }[];
};

/** What another validator says of a file. */
export async function credentialsOf(
  bytes: Buffer,
  format: string,
): Promise<{ state: string; active: Manifest; labels: string[] }> {
  await start();
  const reader = await WasmReader.fromBytes(`image/${format}`, bytes);
  const store = reader.manifestStore() as {
    validation_state: string;
    manifests: Record<string, Manifest>;
  };
  return {
    state: store.validation_state,
    active: reader.activeManifest() as Manifest,
    labels: Object.keys(store.manifests),
  };
}
