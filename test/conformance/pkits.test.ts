import { describe, expect, it } from 'vitest';
import { type PkitsSubtest, pkitsFile, runPkits, validateSubtest } from './pkits.ts';
import { deviationsOf, readVectors, vectorsFolder, whyMissing } from './vectors.ts';

/** Subtests that come out otherwise, each with the reason. There is none. */
const deviations: Readonly<Record<string, string>> = {};

const subtests = readVectors<readonly PkitsSubtest[]>(vectorsFolder(), pkitsFile);
if (subtests === undefined) {
  describe(`NIST PKITS, ${whyMissing(vectorsFolder(), pkitsFile)}`, () => {
    it.skip('is held against the subtests', () => undefined);
  });
} else {
  describe('NIST PKITS', () => {
    const outcomes = runPkits(subtests);

    it('has subtests, valid and invalid ones', () => {
      expect(outcomes.length).toBeGreaterThanOrEqual(247);
      expect(new Set(outcomes.map(({ expected }) => expected)).size).toBe(2);
    });

    it('comes out as the suite expects, but for the deviations in the table', () => {
      const found = deviationsOf(outcomes);
      const unexplained = [...found.values()].filter(({ id }) => !(id in deviations));
      expect(unexplained).toEqual([]);
      expect(Object.keys(deviations).filter((id) => !found.has(id))).toEqual([]);
    });

    it('says why an invalid path is invalid', () => {
      const silent = outcomes.filter(({ got, reasons }) => got === 'invalid' && reasons.length === 0);
      expect(silent).toEqual([]);
    });

    const withPolicies = subtests.filter(({ valid, userPolicies }) => valid && userPolicies !== undefined);
    it.each(withPolicies.map((subtest) => [subtest.id, subtest.name, subtest] as const))(
      'gives the policies of %s %s',
      (_id, _name, subtest) => {
        const result = validateSubtest(subtest);
        expect(result.ok && sorted(result.policies.authority)).toEqual(listed(subtest.authorityPolicies));
        expect(result.ok && sorted(result.policies.user)).toEqual(listed(subtest.userPolicies));
        expect(result.ok && result.policies.isExplicit).toBe(subtest.explicitPolicyResult);
      },
    );
  });
}

const anyPolicy = '2.5.29.32.0';

function sorted(policies: readonly string[]): string[] {
  return policies.toSorted();
}

/** The suite writes lists with colons, `<empty>`, and any policy in words. */
function listed(policies: unknown): string[] {
  const text = String(policies);
  if (text === '<empty>') return [];
  return text === 'X509v3 Any Policy' ? [anyPolicy] : text.split(':').toSorted();
}
