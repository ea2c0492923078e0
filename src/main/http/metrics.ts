import type { Hono } from 'hono';
import type { Overview } from '../../shared/operations/system.ts';
import { mayAnywhere } from '../services/context.ts';
import { contextOf } from './admission.ts';
import type { Env } from './app.ts';
import { checkOrigin } from './origin.ts';
import { performAs } from './perform-operation.ts';
import type { HttpPorts } from './ports.ts';
import { wholeResponse } from './whole-response.ts';

const contentType = 'application/openmetrics-text; version=1.0.0; charset=utf-8';

interface Family {
  readonly name: string;
  readonly help: string;
  readonly unit?: string;
  /** What is measured, each with its labels and its value. */
  readonly samples: readonly (readonly [labels: Readonly<Record<string, string>>, value: number])[];
}

/** For monitoring systems: GET /metrics, with what the caller's realms hold, as OpenMetrics 1.0 text. */
export function metricsRoute(app: Hono<Env>, ports: HttpPorts): void {
  app.get('/metrics', async (c) => {
    const { door, requestId } = c.env;
    checkOrigin(c.req.raw, door);
    const context = await contextOf(c.req.raw, door, ports);
    const perform = performAs(context, ports, requestId);
    const families = familiesOf(await perform('system.overview', {}));
    if (mayAnywhere(context.principal, 'alerts.read')) {
      const { total } = await perform('alerts.list', { state: 'new', limit: 1 });
      families.push({
        name: 'chancery_alerts',
        help: 'Alerts that nobody has seen.',
        samples: [[{}, total]],
      });
    }
    const headers = new Headers({ 'content-type': contentType, 'cache-control': 'no-store' });
    return wholeResponse(openMetrics(families), { status: 200, headers });
  });
}

function familiesOf({ certificates, authorities, clients, pending, profiles, crls }: Overview): Family[] {
  const { valid, expired, revoked, expiringIn7Days, expiringIn30Days } = certificates;
  return [
    {
      name: 'chancery_certificates',
      help: 'Certificates by their state.',
      samples: [
        [{ state: 'valid' }, valid],
        [{ state: 'expired' }, expired],
        [{ state: 'revoked' }, revoked],
      ],
    },
    {
      name: 'chancery_certificates_expiring',
      help: 'Valid certificates that end within so many days.',
      samples: [
        [{ days: '7' }, expiringIn7Days],
        [{ days: '30' }, expiringIn30Days],
      ],
    },
    {
      name: 'chancery_crl_next_update_timestamp_seconds',
      help: 'When the CRL of an authority lapses.',
      unit: 'seconds',
      samples: crls.map(({ authority, nextUpdate }) => [{ authority }, Date.parse(nextUpdate) / 1000]),
    },
    { name: 'chancery_authorities', help: 'Authorities.', samples: [[{}, authorities]] },
    { name: 'chancery_clients', help: 'API clients.', samples: [[{}, clients]] },
    { name: 'chancery_profiles', help: 'Profiles.', samples: [[{}, profiles]] },
    {
      name: 'chancery_pending_certificates',
      help: 'Certificates of devices that wait for a decision.',
      samples: [[{}, pending]],
    },
  ];
}

/** OpenMetrics 1.0, section on the text format: all are gauges; the values of labels here need no escape. */
function openMetrics(families: readonly Family[]): string {
  const lines = families.flatMap(({ name, help, unit, samples }) => [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(([labels, value]) => `${name}${labelText(labels)} ${value}`),
  ]);
  return `${[...lines, '# EOF'].join('\n')}\n`;
}

function labelText(labels: Readonly<Record<string, string>>): string {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}
