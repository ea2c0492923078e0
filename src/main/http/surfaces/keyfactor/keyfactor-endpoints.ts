import { certificateEndpoints } from './certificate-endpoints.ts';
import { collectionEndpoints } from './collection-endpoints.ts';
import { enrollmentEndpoints } from './enrollment-endpoints.ts';
import { fileEndpoints } from './file-endpoints.ts';
import { pageOf } from './keyfactor-call.ts';
import type { KeyfactorEndpoint } from './keyfactor-endpoint.ts';
import { ListAnswer } from './list-answer.ts';
import { templateEndpoints } from './template-endpoints.ts';
import { workflowEndpoints } from './workflow-endpoints.ts';

/** What there is none of here: scripts that ask for it find empty lists. */
const empty = (path: `/${string}`, tag: string): KeyfactorEndpoint => ({
  ...{ method: 'GET', path, tag, summary: 'Returns an empty list: there are none here' },
  run: async ({ query }) => ListAnswer.pageOf([], pageOf(query)),
});

const endpointNames: KeyfactorEndpoint = {
  ...{
    method: 'GET',
    path: '/Status/Endpoints',
    tag: 'Status',
    summary: 'Returns the names of all endpoints',
  },
  run: async () => keyfactorEndpoints.map(({ method, path }) => `${method} ${path}`),
};

const health: KeyfactorEndpoint = {
  ...{ method: 'GET', path: '/Status/HealthCheck', tag: 'Status', summary: 'Answers where the API works' },
  run: async () => undefined,
};

/** All endpoints; literal paths come before those with fields, so that they win. */
export const keyfactorEndpoints: readonly KeyfactorEndpoint[] = [
  ...certificateEndpoints,
  ...fileEndpoints,
  ...enrollmentEndpoints,
  ...collectionEndpoints,
  ...templateEndpoints,
  ...workflowEndpoints,
  empty('/Agents', 'Agent'),
  empty('/CertificateStores', 'CertificateStore'),
  empty('/CertificateStoreTypes', 'CertificateStoreType'),
  empty('/CertificateStoreContainers', 'CertificateStoreContainer'),
  endpointNames,
  health,
];
