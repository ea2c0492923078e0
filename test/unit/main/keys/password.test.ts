import { describe, expect, it } from 'vitest';
import { hashPassword, verifyPassword } from '../../../../src/main/keys/password.ts';
import { hashToken, newSecret, sameBytes } from '../../../../src/main/keys/secret.ts';

describe('passwords', () => {
  it('are verified against their own hash only', async () => {
    const stored = await hashPassword('correct horse');
    expect(stored).toMatch(/^\$scrypt\$ln=15,r=8,p=3\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
    expect(await verifyPassword('correct horse', stored)).toBe(true);
    expect(await verifyPassword('correct horse ', stored)).toBe(false);
    expect(await verifyPassword('Correct horse', stored)).toBe(false);
    expect(await verifyPassword('', stored)).toBe(false);
  });

  it('have another salt each time', async () => {
    expect(await hashPassword('same')).not.toBe(await hashPassword('same'));
  });

  it('are the same however a keyboard composes them', async () => {
    expect(await verifyPassword('Mu\u0308ller', await hashPassword('M\u00fcller'))).toBe(true);
  });

  it('have at most 1024 characters, which are not even hashed otherwise', async () => {
    await expect(hashPassword('x'.repeat(1025))).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    await expect(hashPassword('')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const stored = await hashPassword('x'.repeat(1024));
    expect(await verifyPassword('x'.repeat(1024), stored)).toBe(true);
    expect(await verifyPassword('x'.repeat(1_000_000), stored)).toBe(false);
  });

  it('verify hashes of another cost', async () => {
    const stored = '$scrypt$ln=14,r=8,p=1$c29kaXVtY2hsb3JpZGVzYQ$+vbxLvwkULqvCNxuOxsRCG2zVIWTTMLt5uzURH8qmv0';
    expect(await verifyPassword('wrong', stored)).toBe(false);
  });

  it.each([
    '',
    'plaintext',
    '$scrypt$ln=15,r=8,p=3$$',
    `$scrypt$ln=31,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=1,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=15,r=99,p=9$${'A'.repeat(22)}$${'A'.repeat(43)}`,
    `$scrypt$ln=15,r=8,p=1$${'A'.repeat(22)}$${'A'.repeat(43)}\n`,
  ])('are not verified against %j', async (stored) => {
    await expect(verifyPassword('x', stored)).rejects.toMatchObject({ code: 'INTERNAL' });
  });

  it('all come to an end when many arrive at once, even after failures', async () => {
    const stored = await hashPassword('x');
    const all = Array.from({ length: 9 }, (_, i) => verifyPassword(i % 2 ? 'x' : 'y', stored));
    expect(await Promise.all(all)).toEqual([false, true, false, true, false, true, false, true, false]);
  });
});

describe('secrets', () => {
  it('carry their prefix and 256 bits unless told otherwise', () => {
    expect(newSecret('chs_')).toMatch(/^chs_[A-Za-z0-9_-]{43}$/);
    expect(newSecret('', 16)).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(newSecret('a')).not.toBe(newSecret('a'));
  });

  it('are hashed by SHA-256', () => {
    expect(hashToken('abc').toString('hex')).toBe(
      'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    );
  });

  it('are compared whole', () => {
    expect(sameBytes(Buffer.from('abc'), Buffer.from('abc'))).toBe(true);
    expect(sameBytes(Buffer.from('abc'), Buffer.from('abd'))).toBe(false);
    expect(sameBytes(Buffer.from('abc'), Buffer.from('ab'))).toBe(false);
    expect(sameBytes(Buffer.alloc(0), Buffer.alloc(0))).toBe(true);
  });
});
