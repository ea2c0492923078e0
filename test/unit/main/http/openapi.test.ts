import { describe, expect, it } from 'vitest';
import { openApiDocument } from '../../../../src/main/http/openapi.ts';
import { hanzoEndpoints } from '../../../../src/main/http/surfaces/hanzo/hanzo-endpoints.ts';
import { permissions } from '../../../../src/shared/model/permissions.ts';
import { operations } from '../../../../src/shared/operations/index.ts';

interface Entry {
  readonly operationId: string;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required: boolean;
    readonly schema: object;
  }[];
  readonly requestBody?: {
    readonly content: Record<string, { readonly schema: { readonly properties: object } }>;
  };
  readonly responses: Record<string, object>;
  readonly security?: readonly object[];
  readonly 'x-permission': string;
}

const document = openApiDocument('1.2.3') as {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, Entry>>;
  readonly components: { readonly schemas: Record<string, { readonly required?: readonly string[] }> };
};
const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, entry]) => ({ path, method, entry })),
);

function allRefs(value: unknown): string[] {
  return [...JSON.stringify(value).matchAll(/"\$ref":"([^"]+)"/g)].map((match) => match[1] as string);
}

function resolve(ref: string): unknown {
  return ref
    .slice(2)
    .split('/')
    .reduce<unknown>(
      (at, part) => (at as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/')],
      document,
    );
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 and has every operation and every endpoint of a surface once', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(entries.map(({ entry }) => entry.operationId).sort()).toEqual(
      [...operations.map(({ id }) => id), ...hanzoEndpoints.map(({ operationId }) => operationId)].sort(),
    );
  });

  it('shows the surface of Hanzo KMS with its own errors and shapes', () => {
    const issue = document.paths['/cert-manager/certificates']?.post;
    expect(Object.keys(issue?.responses ?? {})).toEqual(['200', '400', '401', '403', '404', '422']);
    expect(allRefs(issue)).toEqual(
      expect.arrayContaining([
        '#/components/schemas/HanzoCertificateAttributes',
        '#/components/schemas/HanzoIssuedCertificate',
        '#/components/schemas/HanzoError',
      ]),
    );
  });

  it('resolves every reference', () => {
    const refs = allRefs(document);
    expect(refs.length).toBeGreaterThan(50);
    expect(refs.filter((ref) => !ref.startsWith('#/') || resolve(ref) === undefined)).toEqual([]);
    expect(JSON.stringify(document)).not.toContain('$defs');
  });

  it('declares the fields of every path as required parameters, and no others', () => {
    for (const { path, entry } of entries) {
      const inTemplate = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      const declared = (entry.parameters ?? []).filter((one) => one.in === 'path');
      expect(declared.map(({ name }) => name)).toEqual(inTemplate);
      expect(declared.every(({ required }) => required)).toBe(true);
    }
  });

  it('puts fields either into path and query or into the body', () => {
    for (const { method, entry } of entries) {
      const inBody = Object.keys(entry.requestBody?.content['application/json']?.schema.properties ?? {});
      const outside = (entry.parameters ?? []).map(({ name }) => name);
      expect(inBody.filter((name) => outside.includes(name))).toEqual([]);
      if (method === 'get') expect(entry.requestBody).toBeUndefined();
    }
  });

  it('tells the permission of each, and that public operations need no token', () => {
    for (const { entry } of entries.filter(({ path }) => !path.startsWith('/cert-manager/'))) {
      expect(['public', 'signed-in', ...permissions]).toContain(entry['x-permission']);
      expect(entry.security).toEqual(entry['x-permission'] === 'public' ? [] : undefined);
    }
  });

  it('asks as input for less than it answers where a field has a default', () => {
    expect(document.components.schemas.PolicyDefinition?.required).toContain('allowWildcards');
    expect(document.components.schemas.PolicyDefinitionInput?.required).not.toContain('allowWildcards');
    expect(allRefs(document.paths['/policies']?.post?.requestBody)).toContain(
      '#/components/schemas/PolicyDefinitionInput',
    );
  });

  it('names the status of every error an operation has', () => {
    const revoke = document.paths['/certificates/{id}/revoke']?.post;
    expect(Object.keys(revoke?.responses ?? {}).sort()).toEqual([
      '200',
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '503',
      'default',
    ]);
  });

  it('keeps the words of the command line to itself', () => {
    expect(JSON.stringify(document)).not.toMatch(/"(?:positional|flag|secret|fromFile)":/);
  });
});
