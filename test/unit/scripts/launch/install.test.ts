import { describe, expect, it } from 'vitest';
import { isSatisfied } from '../../../../scripts/launch/install.mjs';

const react = { version: '19.3.1', integrity: 'sha512-a' };
const here = { version: '1.0.0', optional: true, os: [process.platform], cpu: [process.arch] };

describe('isSatisfied', () => {
  it('accepts what npm installed when it is what the lockfile wants', () => {
    expect(isSatisfied({ '': {}, 'node_modules/react': react }, { 'node_modules/react': react })).toBe(true);
  });

  it.each([
    ['a missing package', {}],
    ['another version', { 'node_modules/react': { ...react, version: '19.3.0' } }],
    ['other contents', { 'node_modules/react': { ...react, integrity: 'sha512-b' } }],
  ])('refuses %s', (_title, installed) => {
    expect(isSatisfied({ 'node_modules/react': react }, installed)).toBe(false);
  });

  it("does without other platforms' packages, but not without this one's", () => {
    expect(isSatisfied({ 'node_modules/native-there': { ...here, os: ['plan9'] } }, {})).toBe(true);
    expect(isSatisfied({ 'node_modules/native-here': here }, {})).toBe(false);
  });
});
