import { describe, expect, it } from 'vitest';
import {
  isFiltered,
  readCertificateSearch,
} from '../../../../src/renderer/screens/certificates/certificate-search.ts';
import { readPolicySearch } from '../../../../src/renderer/screens/policies/policy-search.ts';

describe('the address of the certificates screen', () => {
  it('gives back the filters that it holds', () => {
    const search = {
      search: 'a',
      status: 'revoked',
      authority: 'issuing',
      profile: 'user',
      sort: '-notAfter',
    };
    expect(readCertificateSearch(search)).toEqual(search);
  });

  it('holds a query in place of a search', () => {
    const query = 'CN -eq "a"';
    expect(readCertificateSearch({ search: 'a', query, status: 'valid' })).toEqual({
      query,
      status: 'valid',
    });
    expect(readCertificateSearch({ search: 'a', query: ' ' })).toEqual({ search: 'a' });
    expect(isFiltered({ query })).toBe(true);
  });

  it('keeps a search of digits a text', () => {
    expect(readCertificateSearch({ search: 42 })).toEqual({ search: '42' });
  });

  it('drops what it does not know, so that no link leads to an error', () => {
    const misspelt = { search: '', status: 'gone', authority: '../x', profile: {}, sort: 'serialNumber' };
    expect(readCertificateSearch(misspelt)).toEqual({});
    expect(readPolicySearch({ policy: 'No Slug' })).toEqual({});
  });

  it('does not count sorting as a filter', () => {
    expect(isFiltered({ sort: 'notAfter' })).toBe(false);
    expect(isFiltered({ status: 'valid' })).toBe(true);
  });
});
