import { ChanceryError } from '../../shared/errors.ts';

const minLength = 8;
const maxLength = 1024;

/** Whether the passphrase, in NFKC, has 8 to 1024 characters. */
export function isPassphrase(text: string): boolean {
  if (text.length > 2 * maxLength) return false;
  const { length } = [...text.normalize('NFKC')];
  return length >= minLength && length <= maxLength;
}

/** The passphrase as given; throws INVALID_INPUT when it is missing or out of bounds. */
export function requirePassphrase(text: string | undefined): string {
  if (text === undefined || !isPassphrase(text))
    throw new ChanceryError({
      code: 'INVALID_INPUT',
      detail: `A passphrase has between ${minLength} and ${maxLength} characters.`,
      violations: [
        {
          path: ['passphrase'],
          rule: 'passphrase.length',
          message: `Give between ${minLength} and ${maxLength} characters.`,
        },
      ],
    });
  return text;
}
