import { askService, type ConsoleInBrowser } from './console-in-browser.ts';
import { newSelfSigned } from './openssl.ts';

export interface FurnishedOffice {
  readonly certificateId: string;
  /** Waits for an approval. */
  readonly requestId: string;
  /** Waits for an authority outside. */
  readonly externalId: string;
}

/** Something of every kind, for every screen to have something to show. */
export async function furnishOffice(desk: ConsoleInBrowser, token: string): Promise<FurnishedOffice> {
  const ask = <T>(path: string, json: object) => askService<T>(desk.console, token, `/api/v1${path}`, json);
  const issue = (name: string, validity: string) =>
    ask<{ id: string }>('/certificates', {
      realm: 'default',
      profile: 'tls-server',
      subject: { commonName: `${name}.example.test`, organization: 'Example' },
      subjectAltNames: ['', 'www.'].map((part) => ({ type: 'dns', value: `${part}${name}.example.test` })),
      validity,
    });
  const { id: certificateId } = await issue('app', 'P90D');
  await issue('a-rather-long-name-for-a-server-of-the-warehouse', 'P5D');
  const { id: oldId } = await issue('old', 'P30D');
  await ask(`/certificates/${oldId}/revoke`, { reason: 'superseded', comment: 'Renewed' });
  await ask('/clients', { name: 'build-server', realms: ['default'], defaultProfile: 'tls-server' });
  await ask('/clients', { name: 'Without a realm', realms: [] });
  await ask('/pending', { certificate: await newSelfSigned('/CN=camera-17') });
  const { requestId } = await ask<{ requestId: string }>('/certificates', {
    realm: 'default',
    profile: 'tls-server-approval',
    subject: { commonName: 'shop.example.test' },
  });
  const { requestId: externalId } = await ask<{ requestId: string }>('/requests', {
    realm: 'default',
    profile: 'tls-server',
    subject: { commonName: 'public.example.test' },
  });
  return { certificateId, requestId, externalId };
}
