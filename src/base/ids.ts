import { v7 } from 'uuid';

/** A UUID version 7 (RFC 9562 §5.7): ids of one process sort in the order they were made, which keeps B-tree inserts at the right edge. */
export type Id = string;

export function newId(): Id {
  return v7();
}

const CODE_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyz';

/** A random code for short links: no characters that are mistaken for one another; 31^length values. */
export function newCode(length = 6): string {
  let code = '';
  while (code.length < length) {
    const byte = crypto.getRandomValues(new Uint8Array(1))[0] ?? 255;
    if (byte < 248) code += CODE_ALPHABET[byte % 31] ?? '';
  }
  return code;
}
