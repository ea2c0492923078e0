import { describe, expect, it } from 'vitest';
import {
  emptyIssueForm,
  issueFieldNames,
  issueInput,
} from '../../../../src/renderer/screens/issue/issue-form.ts';
import { issueCertificate } from '../../../../src/shared/operations/certificates.ts';

describe('the form of issuing', () => {
  it('sends nothing that was left empty, so that the profile fills it', () => {
    expect(issueInput({ ...emptyIssueForm(), profile: 'tls-server' })).toEqual({ profile: 'tls-server' });
  });

  it('sends what the contract accepts', () => {
    const form = emptyIssueForm();
    const input = issueInput({
      ...form,
      profile: 'tls-server',
      subject: { ...form.subject, commonName: ' a.example ', country: 'DE' },
      subjectAltNames: [
        { type: 'dns', value: ' a.example' },
        { type: 'ip', value: '' },
      ],
      keyAlgorithm: 'ed25519',
      validity: ' 90d ',
    });
    expect(issueCertificate.input.parse(input)).toEqual({
      profile: 'tls-server',
      subject: { commonName: 'a.example', country: 'DE' },
      subjectAltNames: [{ type: 'dns', value: 'a.example' }],
      keyAlgorithm: 'ed25519',
      validity: '90d',
    });
  });

  it('sends the request or the algorithm of a key made here, never both', () => {
    const form = { ...emptyIssueForm(), csr: 'PEM', keyAlgorithm: 'ed25519' } as const;
    expect(issueInput({ ...form, source: 'csr' })).toEqual({ csr: 'PEM' });
    expect(issueInput({ ...form, source: 'generate' })).toEqual({ keyAlgorithm: 'ed25519' });
  });

  it('knows a field for a violation of a name as a whole and of the end of the validity', () => {
    const { fields, aliases } = issueFieldNames(emptyIssueForm());
    for (const path of ['subjectAltNames.0', 'notAfter']) expect(fields).toContain(aliases[path]);
  });
});
