/** The advanced part of the forms of authorities: texts of one thing on each line, and what they mean. */
import {
  type CertificatePolicy,
  type CustomExtension,
  type NameConstraint,
  nameConstraintTypes,
  type PolicyMapping,
} from '../../../shared/model/extensions.ts';
import type { AuthorityContent } from '../../../shared/operations/authority-content.ts';

export const emptyContent = {
  permittedNames: '',
  excludedNames: '',
  pathLength: '' as number | string,
  notBefore: '',
  notAfter: '',
  certificatePolicies: '',
  policyMappings: '',
  requireExplicitPolicy: '' as number | string,
  inhibitPolicyMapping: '' as number | string,
  inhibitAnyPolicy: '' as number | string,
  subjectInfoAccess: '',
  customExtensions: '',
};
export type ContentForm = typeof emptyContent;

/** The fields of the form by the names that the operations give them. */
export const contentFields = [...Object.keys(emptyContent), 'policyConstraints'] as const;

export interface ReadContent {
  readonly content: AuthorityContent;
  /** The number of the first line that cannot be read, by its field. */
  readonly unreadable: Partial<Record<keyof ContentForm, number>>;
}

/** What the form asks for; what is empty is left away. */
export function readContent(form: ContentForm): ReadContent {
  const unreadable: Partial<Record<keyof ContentForm, number>> = {};
  const lines = <Item>(
    field: 'permittedNames' | 'excludedNames' | 'certificatePolicies' | 'policyMappings' | 'customExtensions',
    read: (line: string) => Item | undefined,
  ): Item[] | undefined => {
    const items: Item[] = [];
    form[field].split('\n').forEach((text, index) => {
      if (text.trim() === '') return;
      const item = read(text.trim());
      if (item === undefined) unreadable[field] ??= index + 1;
      else items.push(item);
    });
    return items.length > 0 ? items : undefined;
  };
  const addresses = form.subjectInfoAccess.split(/\s+/).filter((url) => url !== '');
  const constraints = {
    requireExplicitPolicy: numberOf(form.requireExplicitPolicy),
    inhibitPolicyMapping: numberOf(form.inhibitPolicyMapping),
  };
  const hasConstraints = Object.values(constraints).some((value) => value !== undefined);
  const content: AuthorityContent = {
    permittedNames: lines('permittedNames', readConstraint),
    excludedNames: lines('excludedNames', readConstraint),
    pathLength: numberOf(form.pathLength),
    notBefore: form.notBefore === '' ? undefined : `${form.notBefore}T00:00:00Z`,
    notAfter: form.notAfter === '' ? undefined : `${form.notAfter}T23:59:59Z`,
    certificatePolicies: lines('certificatePolicies', readPolicy),
    policyMappings: lines('policyMappings', readMapping),
    policyConstraints: hasConstraints ? constraints : undefined,
    inhibitAnyPolicy: numberOf(form.inhibitAnyPolicy),
    subjectInfoAccess:
      addresses.length > 0 ? addresses.map((url) => ({ method: 'caRepository' as const, url })) : undefined,
    customExtensions: lines('customExtensions', readCustom),
  };
  return { content, unreadable };
}

const numberOf = (value: number | string) => (value === '' ? undefined : Number(value));

function readConstraint(line: string): NameConstraint | undefined {
  const [, prefix, value] = /^([a-z]+):(.*)$/i.exec(line) ?? [];
  const type = nameConstraintTypes.find((known) => known === prefix?.toLowerCase());
  return type === undefined || value === undefined ? undefined : { type, value: value.trim() };
}

function readPolicy(line: string): CertificatePolicy | undefined {
  const [, oid, cps, notice] = /^([0-9.]+)(?:\s+(https?:\S+|ldaps?:\S+))?(?:\s+(.+))?$/.exec(line) ?? [];
  if (oid === undefined) return undefined;
  return { oid, ...(cps !== undefined && { cps }), ...(notice !== undefined && { notice }) };
}

function readMapping(line: string): PolicyMapping | undefined {
  const [, issuerDomainPolicy, subjectDomainPolicy] = /^([0-9.]+)\s*=\s*([0-9.]+)$/.exec(line) ?? [];
  if (issuerDomainPolicy === undefined || subjectDomainPolicy === undefined) return undefined;
  return { issuerDomainPolicy, subjectDomainPolicy };
}

function readCustom(line: string): CustomExtension | undefined {
  const [, oid, critical, value] = /^([0-9.]+)(\s+critical)?\s+(\S.*)$/i.exec(line) ?? [];
  if (oid === undefined || value === undefined) return undefined;
  return { oid, critical: critical !== undefined, value };
}
