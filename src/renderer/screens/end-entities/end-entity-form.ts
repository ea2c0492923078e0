/** The form of an end entity: lists are texts of one value on each line. */
import type { EndEntity } from '../../../shared/operations/end-entities.ts';
import { type Note, notesFrom, notesOf } from '../../components/notes-editor.tsx';

export interface EndEntityForm {
  realm: string | null;
  commonName: string;
  organization: string;
  domainNames: string;
  ipAddresses: string;
  emailAddresses: string;
  metadata: Note[];
}

export const endEntityFields = [
  'realm',
  'commonName',
  'organization',
  'domainNames',
  'ipAddresses',
  'emailAddresses',
  'metadata',
];

/** What the form begins with: the end entity to change, or nothing. */
export function formOf(entity: EndEntity | null): EndEntityForm {
  return {
    realm: entity?.realm ?? null,
    commonName: entity?.commonName ?? '',
    organization: entity?.organization ?? '',
    domainNames: entity?.domainNames.join('\n') ?? '',
    ipAddresses: entity?.ipAddresses.join('\n') ?? '',
    emailAddresses: entity?.emailAddresses.join('\n') ?? '',
    metadata: notesOf(entity?.metadata ?? {}),
  };
}

/** The fields that creating and changing have in common. */
export function fieldsOf(form: EndEntityForm) {
  return {
    commonName: form.commonName.trim(),
    domainNames: linesOf(form.domainNames),
    ipAddresses: linesOf(form.ipAddresses),
    emailAddresses: linesOf(form.emailAddresses),
    metadata: notesFrom(form.metadata),
  };
}

function linesOf(text: string): string[] {
  return text
    .split(/[\s,;]+/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
