import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readSignedCheckpoint, writeCheckpoint } from './checkpoint.ts';
import { leafHash } from './merkle.ts';
import { generateSigner, makeSigner, openNote, readVkey, signNote, writeVkey } from './note.ts';

// The example of the C2SP signed-note specification.
const VKEY = 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k';
const NOTE =
  'This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n';

function verifierOf(text: string) {
  const verifier = readVkey(text);
  if (verifier === undefined) throw new Error('malformed');
  return verifier;
}

describe('the specification’s example', () => {
  test('verifies with its key', () => {
    const verifier = verifierOf(VKEY);
    expect(verifier.name).toBe('example.com/foo');
    expect(writeVkey(verifier)).toBe(VKEY);
    expect(openNote(Buffer.from(NOTE), verifier)).toEqual({ text: 'This is an example message.\n' });
  });

  test('fails with any one bit of it flipped', () => {
    const verifier = verifierOf(VKEY);
    const bytes = Buffer.from(NOTE);
    for (let at = 0; at < bytes.length * 8; at += 1) {
      const bent = Buffer.from(bytes);
      bent.writeUInt8(bent.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
      expect(openNote(bent, verifier), `bit ${at}`).toHaveProperty('fault');
    }
  });

  test('has a key of which no bit can be flipped unseen', () => {
    const bytes = Buffer.from(VKEY);
    for (let at = 0; at < bytes.length * 8; at += 1) {
      const bent = Buffer.from(bytes);
      bent.writeUInt8(bent.readUInt8(at >> 3) ^ (1 << (at & 7)), at >> 3);
      expect(readVkey(bent.toString('latin1')), `bit ${at}`).toBeUndefined();
    }
  });
});

test('a note may carry signatures of others, and a line between its paragraphs', () => {
  const own = generateSigner('paper.example/record');
  const witness = generateSigner('witness.example');
  const text = 'one\n\ntwo\n';
  const note = signNote(text, own) + signNote(text, witness).slice(text.length + 1);
  expect(openNote(Buffer.from(note), own)).toEqual({ text });
  expect(openNote(Buffer.from(note), witness)).toEqual({ text });
  expect(openNote(Buffer.from(note), generateSigner('paper.example/record'))).toHaveProperty('fault');
});

test('a key comes back from its seed, whatever it is called', () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), (seed) => {
      const signer = makeSigner('paper.example/record', seed);
      const note = Buffer.from(signNote('text\n', signer));
      expect(openNote(note, verifierOf(writeVkey(signer)))).toEqual({ text: 'text\n' });
    }),
    { numRuns: 20 },
  );
});

test('a checkpoint reads back; one of another origin or size in another spelling does not', () => {
  const signer = generateSigner('paper.example/record');
  const root = leafHash('x');
  const written = writeCheckpoint({ size: 20852163, root }, signer);
  expect(written.split('\n').slice(0, 2)).toEqual(['paper.example/record', '20852163']);
  expect(readSignedCheckpoint(Buffer.from(written), signer)).toMatchObject({ size: 20852163, root });
  for (const body of [
    'other.example/record\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'paper.example/record\n01\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n',
    'paper.example/record\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFV=\n',
    'paper.example/record\n1\nshort\n',
  ])
    expect(readSignedCheckpoint(Buffer.from(signNote(body, signer)), signer), `body ${body}`).toHaveProperty(
      'fault',
    );
});
