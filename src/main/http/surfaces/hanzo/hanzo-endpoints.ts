import { certificateEndpoints } from './certificate-endpoints.ts';
import type { Endpoint } from './endpoint.ts';
import { fileEndpoints } from './file-endpoints.ts';
import { issueEndpoints } from './issue-endpoints.ts';
import { policyEndpoints } from './policy-endpoints.ts';
import { profileEndpoints } from './profile-endpoints.ts';
import { requestEndpoints } from './request-endpoints.ts';

/** Below the root of the API. */
export const hanzoRoot = '/cert-manager';

/** All endpoints; literal paths come before those with fields, so that they win. */
export const hanzoEndpoints: readonly Endpoint[] = [
  ...issueEndpoints,
  ...requestEndpoints,
  ...certificateEndpoints,
  ...fileEndpoints,
  ...policyEndpoints,
  ...profileEndpoints,
];
