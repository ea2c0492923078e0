import { ChanceryError } from '../../shared/errors.ts';
import { randomBytes } from '../crypto/index.ts';
import { ScryptCost, scryptKey } from './scrypt-key.ts';
import { sameBytes } from './secret.ts';

export const maxPasswordLength = 1024;

/** 32 MiB and three passes: OWASP's equal to N=2^17, p=1, at a quarter of the memory for each sign-in. */
const cost: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

/** Half of the runtime's thread pool, so that a storm of sign-ins leaves room for signatures and files. */
const atOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

/**
 * The password hashed with scrypt and a random salt, as `$scrypt$ln=15,r=8,p=3$salt$hash` (PHC string format).
 * Throws INVALID_INPUT when it is empty or longer than 1024 characters; a longer minimum is the caller's rule.
 */
export async function hashPassword(password: string): Promise<string> {
  if (password.length === 0 || password.length > maxPasswordLength)
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: 'A password has between 1 and 1024 characters.',
    });
  const salt = randomBytes(16);
  const hash = await inTurn(() => scryptKey(password, salt, cost));
  const text = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
  return `$scrypt$ln=${Math.log2(cost.N)},r=${cost.r},p=${cost.p}$${text(salt)}$${text(hash)}`;
}

const storedForm = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d)\$([A-Za-z0-9+/]{16,86})\$([A-Za-z0-9+/]{43})$/;

/**
 * Whether the password is the one behind a string of `hashPassword`, compared in constant time. Throws INTERNAL
 * when the stored string is not of that form; a password that is out of bounds is simply wrong.
 */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] = storedForm.exec(stored) ?? [];
  const parsed = ScryptCost.safeParse({ N: 2 ** Number(ln), r: Number(r), p: Number(p) });
  if (!parsed.success)
    throw new ChanceryError({ code: 'INTERNAL', detail: 'A stored password hash cannot be read.' });
  if (password.length === 0 || password.length > maxPasswordLength) return false;
  const key = await inTurn(() => scryptKey(password, Buffer.from(salt, 'base64'), parsed.data));
  return sameBytes(key, Buffer.from(hash, 'base64'));
}
