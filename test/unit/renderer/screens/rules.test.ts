import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  type AuthorityNode,
  authorityTree,
} from '../../../../src/renderer/screens/authorities/authority-tree.ts';
import { slugOf } from '../../../../src/renderer/screens/authorities/slug-of.ts';
import { tokenCommand } from '../../../../src/renderer/screens/clients/token-command.ts';
import { passphraseStrength } from '../../../../src/renderer/screens/entry/passphrase-strength.ts';
import { Slug } from '../../../../src/shared/model/basics.ts';
import type { Authority } from '../../../../src/shared/operations/authorities.ts';

const authority = (slug: string, parent: string | null, realm = 'default') =>
  ({ slug, parent, realm }) as Authority;
const shape = (nodes: readonly AuthorityNode[]): unknown =>
  nodes.map(({ authority: { slug }, children }) => [slug, shape(children)]);

describe('the tree of authorities', () => {
  it('puts each below its parent, whatever their order', () => {
    const tree = authorityTree([authority('leaf', 'mid'), authority('mid', 'root'), authority('root', null)]);
    expect(shape(tree)).toEqual([['root', [['mid', [['leaf', []]]]]]]);
  });

  it('shows one whose parent may not be seen at the top', () => {
    expect(shape(authorityTree([authority('orphan', 'hidden')]))).toEqual([['orphan', []]]);
  });

  it("puts Chancery's own behind the others", () => {
    expect(shape(authorityTree([authority('own', null, 'system'), authority('root', null)]))).toEqual([
      ['root', []],
      ['own', []],
    ]);
  });
});

describe('a slug made of a name', () => {
  it('is one that the service accepts', () => {
    for (const name of ['Example Root CA', 'Prüfstelle Süd – Größe 2', `${'a'.repeat(62)} b`, '  x  '])
      expect(Slug.safeParse(slugOf(name)).success, name).toBe(true);
  });

  it('is empty where the name has nothing that a slug may hold', () => {
    expect(slugOf('–––')).toBe('');
  });
});

describe('the curl line of a client', () => {
  it('gives a shell exactly the secret, quotes included', () => {
    const secret = 'a\'b $(x) "c"';
    const command = tokenCommand({ origin: 'https://h', realm: 'r', clientId: 'c', clientSecret: secret });
    const printing = command.replace(/^curl/, 'printf "%s\\n"');
    const words = execFileSync('/bin/sh', ['-c', printing], {
      env: { CHANCERY_HOME: '/h' },
      encoding: 'utf8',
    });
    expect(words.split('\n')).toContain(`client_secret=${secret}`);
    expect(words.split('\n')).toContain('/h/tls/ca.pem');
  });
});

describe('the estimate of a passphrase', () => {
  it('is not deceived by repetition', () => {
    expect(passphraseStrength('aaaaaaaaaaaaaaaaaaaaaaaa').grade).toBe('weak');
    expect(passphraseStrength('').bits).toBe(0);
  });

  it('calls several words strong', () => {
    expect(passphraseStrength('correct horse battery staple').grade).toBe('strong');
  });
});
