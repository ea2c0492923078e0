import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareHome, type RunningConsole, startConsole } from '../support/chancery-process.ts';
import { askToken, curl } from '../support/curl.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('/metrics', () => {
  let running: RunningConsole;
  let token: string;
  beforeAll(async () => {
    const home = join(temporaryFolder('metrics'), 'home');
    const client = await prepareHome(home);
    running = await startConsole(home);
    token = (await askToken(running, client)).json.access_token;
  });
  afterAll(() => running?.stop());

  it('tells nobody without a token anything', async () => {
    const answer = await curl(running, '/metrics');
    expect([answer.status, answer.json.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  it('counts in OpenMetrics what the realms of the token hold', async () => {
    const json = { profile: 'tls-server', subject: { commonName: 'counted.example' }, validity: '5d' };
    expect((await curl(running, '/api/v1/certificates', { token, json })).status).toBe(201);
    const { headers, body } = await curl(running, '/metrics', { token });
    expect(headers['content-type']).toBe('application/openmetrics-text; version=1.0.0; charset=utf-8');
    const text = body.toString();
    expect(text.endsWith('\n# EOF\n')).toBe(true);
    expect(text).toContain('# TYPE chancery_certificates gauge\n');
    expect(text).toContain('\nchancery_certificates_expiring{days="7"} 1\n');
    expect(text).toMatch(/\nchancery_crl_next_update_timestamp_seconds\{authority="issuing"\} 1\d{9}\n/);
    expect(text, 'what a client may not read').not.toContain('chancery_alerts');
  });
});
