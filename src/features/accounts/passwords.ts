import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { Problem } from '../../base/problem.ts';

/** Argon2id (RFC 9106) with 19 MiB and two passes: OWASP's first choice; some 30 ms of one core. */
const COST = { memory: 19_456, passes: 2, parallelism: 1 } as const;
const TAG_BYTES = 32;
const MIN = 10;
const MAX = 256;
/** At most so many at a time: a flood of sign-ins takes neither all memory nor every thread that reads files. */
const AT_ONCE = 2;

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

function derive(
  password: string,
  salt: Buffer,
  cost: typeof COST | Record<keyof typeof COST, number>,
): Promise<Buffer> {
  return inTurn(
    () =>
      new Promise((resolve, reject) =>
        argon2(
          'argon2id',
          { message: Buffer.from(password.normalize('NFKC')), nonce: salt, tagLength: TAG_BYTES, ...cost },
          (error, tag) => (error === null ? resolve(tag) : reject(error)),
        ),
      ),
  );
}

/** `$argon2id$v=19$m=…,t=…,p=…$salt$tag`, as the reference implementation writes it. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const tag = await derive(password, salt, COST);
  const text = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');
  return `$argon2id$v=19$m=${COST.memory},t=${COST.passes},p=${COST.parallelism}$${text(salt)}$${text(tag)}`;
}

/** Whether it is the password. Without a hash it works as long and says no: time does not tell which accounts there are. */
export async function isPassword(password: string, hash: string | null | undefined): Promise<boolean> {
  const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(hash ?? '');
  if (password.length > MAX * 4) return false;
  if (parts === null) {
    await derive(password, Buffer.alloc(16), COST);
    return false;
  }
  const [, memory, passes, parallelism, salt = '', tag = ''] = parts;
  const cost = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism) };
  const known = Buffer.from(tag, 'base64');
  const made = await derive(password, Buffer.from(salt, 'base64'), cost);
  return known.length === made.length && timingSafeEqual(known, made);
}

/** What breaches show people to choose most; longer forms of them are found by their beginning. */
const COMMON =
  'password passwort 1234567890 0123456789 qwertyuiop qwertzuiop iloveyou letmein welcome1 administrator football baseball sunshine princess superman trustno1 abc1234567 1q2w3e4r5t zaq12wsx dateline changeme'.split(
    ' ',
  );

/**
 * Length and not being guessed count, kinds of characters do not (NIST SP 800-63B §3.1.1). @throws Problem `invalid`
 */
export function checkPassword(password: string, about: readonly string[]): void {
  const refuse = (why: string): never => {
    throw new Problem('invalid', `The password ${why}.`, 'A few words in a row are long and easy to keep.', {
      fields: { '/password': why },
    });
  };
  const text = password.normalize('NFKC');
  const length = Array.from(text).length;
  if (length < MIN) refuse(`is shorter than ${MIN} characters`);
  if (length > MAX) refuse(`is longer than ${MAX} characters`);
  const plain = text.toLowerCase();
  if (new Set(plain).size < 4) refuse('has too few different characters');
  if (COMMON.some((word) => plain.startsWith(word) && length < word.length + 4))
    refuse('is among the most used');
  const own = about.flatMap((each) => each.toLowerCase().split(/[@\s.]+/u)).filter((each) => each.length > 3);
  if (own.some((each) => plain.includes(each) && length < each.length + 6))
    refuse('is made of your name or address');
}
