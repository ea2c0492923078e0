/** The form of issuing and what it becomes on the wire; empty fields are left out, for the profile to fill. */
import type { KeyAlgorithm } from '../../../shared/model/algorithms.ts';
import type { Subject, SubjectAltName } from '../../../shared/model/names.ts';
import type { Input } from '../../../shared/operations/index.ts';

export const subjectFields = [
  'commonName',
  'organization',
  'organizationalUnit',
  'locality',
  'state',
  'country',
  'emailAddress',
  'serialNumber',
] as const satisfies readonly (keyof Subject)[];
export type SubjectField = (typeof subjectFields)[number];

export interface IssueForm {
  source: 'generate' | 'csr';
  profile: string;
  csr: string;
  subject: Record<SubjectField, string>;
  subjectAltNames: SubjectAltName[];
  keyAlgorithm: KeyAlgorithm | '';
  validity: string;
}

/** The form before anything is typed. */
export function emptyIssueForm(): IssueForm {
  return {
    source: 'generate',
    profile: '',
    csr: '',
    subject: Object.fromEntries(subjectFields.map((field) => [field, ''])) as Record<SubjectField, string>,
    subjectAltNames: [{ type: 'dns', value: '' }],
    keyAlgorithm: '',
    validity: '',
  };
}

/** The alternative names that hold something; the form drops the others before it is sent, so that indices agree. */
export function filledNames(names: readonly SubjectAltName[]): SubjectAltName[] {
  return names
    .map(({ type, value, oid }) => ({
      type,
      ...(type === 'otherName' && { oid: oid?.trim() ?? '' }),
      value: value.trim(),
    }))
    .filter(({ value }) => value !== '');
}

/** The call's input. */
export function issueInput(form: IssueForm): Input<'certificates.issue'> {
  const subject = Object.entries(form.subject)
    .map(([field, value]) => [field, value.trim()] as const)
    .filter(([, value]) => value !== '');
  const names = filledNames(form.subjectAltNames);
  const validity = form.validity.trim();
  return {
    ...(form.profile === '' ? {} : { profile: form.profile }),
    ...(form.source === 'csr' ? { csr: form.csr } : {}),
    ...(subject.length === 0 ? {} : { subject: Object.fromEntries(subject) }),
    ...(names.length === 0 ? {} : { subjectAltNames: names }),
    ...(form.source === 'generate' && form.keyAlgorithm !== '' ? { keyAlgorithm: form.keyAlgorithm } : {}),
    ...(validity === '' ? {} : { validity }),
  };
}

/**
 * The names of the fields that are on the screen and can show a violation, and where what was checked and the
 * form differ: the validity is checked as notAfter, and the key of a request stands in the request.
 */
export function issueFieldNames(form: IssueForm): { fields: string[]; aliases: Record<string, string> } {
  const names = form.subjectAltNames.map((_, index) => index);
  const isRequest = form.source === 'csr';
  return {
    fields: [
      'profile',
      isRequest ? 'csr' : 'keyAlgorithm',
      'validity',
      ...subjectFields.map((field) => `subject.${field}`),
      ...names.flatMap((index) => [`subjectAltNames.${index}.value`, `subjectAltNames.${index}.oid`]),
    ],
    aliases: {
      notAfter: 'validity',
      subject: 'subject.commonName',
      subjectAltNames: 'subjectAltNames.0.value',
      ...(isRequest ? { keyAlgorithm: 'csr' } : {}),
      ...Object.fromEntries(
        names.map((index) => [`subjectAltNames.${index}`, `subjectAltNames.${index}.value`]),
      ),
    },
  };
}
