/** Certificate policies. */
import { z } from 'zod';
import type { Output } from '../../../../shared/operations/index.ts';
import { endpoint } from './endpoint.ts';
import { collectByOffset } from './offset-page.ts';
import { definitionOf, shownParts } from './policy-definition.ts';
import { PolicyName, policyFields, ShownPolicy } from './policy-shapes.ts';
import { byId, none, ProjectRef, pageByOffset } from './shapes.ts';
import { slugOfName } from './slug-of-name.ts';

const tag = 'Hanzo KMS certificate policies';
const notFound = 'Certificate policy not found';
const One = z.strictObject({ certificatePolicy: ShownPolicy });

function shown({ id, realm, name, slug, definition, createdAt }: Output<'policies.show'>): ShownPolicy {
  return {
    id,
    projectId: realm,
    // A name that could not be given there goes by its slug.
    name: PolicyName.safeParse(name).success ? name : slug,
    ...shownParts(definition),
    createdAt,
    updatedAt: createdAt,
  };
}

const create = endpoint({
  operationId: 'hanzo.createCertificatePolicy',
  tag,
  summary: 'Create a certificate policy',
  description:
    'In a name of DNS, * is one label or part of one and ** any number of labels; * alone is any value. An absent part asks nothing, an empty one permits nothing.',
  method: 'POST',
  path: '/certificate-policies',
  params: none,
  query: none,
  body: z.strictObject({ projectId: ProjectRef.optional(), name: PolicyName, ...policyFields }),
  output: One,
  run: async ({ body: { projectId, name, ...parts }, perform }) => {
    const definition = definitionOf(parts);
    const policy = { slug: slugOfName(name), name, realm: projectId, definition };
    return { certificatePolicy: shown(await perform('policies.create', policy)) };
  },
});

const list = endpoint({
  operationId: 'hanzo.listCertificatePolicies',
  tag,
  summary: 'List the certificate policies',
  method: 'GET',
  path: '/certificate-policies',
  params: none,
  query: z.strictObject({
    ...pageByOffset,
    projectId: ProjectRef.optional(),
    search: z.string().max(200).optional(),
  }),
  body: none,
  output: z.strictObject({ certificatePolicies: z.array(ShownPolicy), totalCount: z.int() }),
  run: async ({ query: { offset, limit, projectId: realm, search }, perform }) => {
    const found = await collectByOffset({ offset, limit }, (page) =>
      perform('policies.list', { ...page, realm, search }),
    );
    return { certificatePolicies: found.items.map(shown), totalCount: found.total };
  },
});

const get = endpoint({
  operationId: 'hanzo.getCertificatePolicy',
  tag,
  summary: 'Fetch a certificate policy',
  method: 'GET',
  path: '/certificate-policies/{id}',
  params: byId,
  query: none,
  body: none,
  output: One,
  notFound,
  run: async ({ params, perform }) => ({ certificatePolicy: shown(await perform('policies.show', params)) }),
});

const update = endpoint({
  operationId: 'hanzo.updateCertificatePolicy',
  tag,
  summary: 'Change a certificate policy',
  description: 'The parts given replace those that are there; what has no word here stays as it is.',
  method: 'PATCH',
  path: '/certificate-policies/{id}',
  params: byId,
  query: none,
  body: z.strictObject({ name: PolicyName.optional(), ...policyFields }),
  output: One,
  notFound,
  run: async ({ params: { id }, body: { name, ...parts }, perform }) => {
    const former = await perform('policies.show', { id });
    const definition = definitionOf(parts, former.definition);
    // Between reading and writing someone else may have changed it: then this change is refused.
    const change = { id, name, definition, expectedVersion: former.version };
    return { certificatePolicy: shown(await perform('policies.update', change)) };
  },
});

const remove = endpoint({
  operationId: 'hanzo.deleteCertificatePolicy',
  tag,
  summary: 'Delete a certificate policy that no profile uses',
  method: 'DELETE',
  path: '/certificate-policies/{id}',
  params: byId,
  query: none,
  body: none,
  output: One,
  notFound,
  run: async ({ params, perform }) => {
    const policy = await perform('policies.show', params);
    await perform('policies.delete', params);
    return { certificatePolicy: shown(policy) };
  },
});

export const policyEndpoints = [create, list, get, update, remove];
