/** The addresses below /ui; each screen is loaded when it is first visited. */
import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from '@tanstack/react-router';
import { readAlertSearch } from '../screens/alerts/alert-search.ts';
import { readCertificateSearch } from '../screens/certificates/certificate-search.ts';
import { readEndEntitySearch } from '../screens/end-entities/end-entity-search.ts';
import { readOperatorSearch } from '../screens/operators/operator-search.ts';
import { readPolicySearch } from '../screens/policies/policy-search.ts';
import { readRequestSearch } from '../screens/requests/request-search.ts';
import { NotFound } from './not-found.tsx';
import { RouteError } from './route-error.tsx';
import { Shell } from './shell.tsx';
import { readTextSearch } from './text-search.ts';

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/dashboard', replace: true });
  },
});

const dashboard = createRoute({
  getParentRoute: () => root,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('../screens/dashboard/dashboard-screen.tsx'), 'DashboardScreen'),
});

const certificates = createRoute({
  getParentRoute: () => root,
  path: '/certificates',
  validateSearch: readCertificateSearch,
  component: lazyRouteComponent(
    () => import('../screens/certificates/certificates-screen.tsx'),
    'CertificatesScreen',
  ),
});

const certificate = createRoute({
  getParentRoute: () => root,
  path: '/certificates/$id',
  component: lazyRouteComponent(
    () => import('../screens/certificates/certificate-screen.tsx'),
    'CertificateScreen',
  ),
});

const certificateImport = createRoute({
  getParentRoute: () => root,
  path: '/certificates/import',
  component: lazyRouteComponent(() => import('../screens/import/import-screen.tsx'), 'ImportScreen'),
});

const endEntities = createRoute({
  getParentRoute: () => root,
  path: '/end-entities',
  validateSearch: readEndEntitySearch,
  component: lazyRouteComponent(
    () => import('../screens/end-entities/end-entities-screen.tsx'),
    'EndEntitiesScreen',
  ),
});

const endEntity = createRoute({
  getParentRoute: () => root,
  path: '/end-entities/$id',
  component: lazyRouteComponent(
    () => import('../screens/end-entities/end-entity-screen.tsx'),
    'EndEntityScreen',
  ),
});

const clients = createRoute({
  getParentRoute: () => root,
  path: '/clients',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('../screens/clients/clients-screen.tsx'), 'ClientsScreen'),
});

const client = createRoute({
  getParentRoute: () => root,
  path: '/clients/$id',
  component: lazyRouteComponent(() => import('../screens/clients/client-screen.tsx'), 'ClientScreen'),
});

const operators = createRoute({
  getParentRoute: () => root,
  path: '/operators',
  validateSearch: readOperatorSearch,
  component: lazyRouteComponent(() => import('../screens/operators/operators-screen.tsx'), 'OperatorsScreen'),
});

const operator = createRoute({
  getParentRoute: () => root,
  path: '/operators/$id',
  component: lazyRouteComponent(() => import('../screens/operators/operator-screen.tsx'), 'OperatorScreen'),
});

const realms = createRoute({
  getParentRoute: () => root,
  path: '/realms',
  component: lazyRouteComponent(() => import('../screens/realms/realms-screen.tsx'), 'RealmsScreen'),
});

const sessions = createRoute({
  getParentRoute: () => root,
  path: '/sessions',
  component: lazyRouteComponent(() => import('../screens/sessions/sessions-screen.tsx'), 'SessionsScreen'),
});

const inspect = createRoute({
  getParentRoute: () => root,
  path: '/inspect',
  component: lazyRouteComponent(() => import('../screens/inspect/inspect-screen.tsx'), 'InspectScreen'),
});

const pending = createRoute({
  getParentRoute: () => root,
  path: '/pending',
  component: lazyRouteComponent(() => import('../screens/pending/pending-screen.tsx'), 'PendingScreen'),
});

const renewals = createRoute({
  getParentRoute: () => root,
  path: '/renewals',
  component: lazyRouteComponent(() => import('../screens/renewals/renewals-screen.tsx'), 'RenewalsScreen'),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: '/alerts',
  validateSearch: readAlertSearch,
  component: lazyRouteComponent(() => import('../screens/alerts/alerts-screen.tsx'), 'AlertsScreen'),
});

const authorities = createRoute({
  getParentRoute: () => root,
  path: '/authorities',
  component: lazyRouteComponent(
    () => import('../screens/authorities/authorities-screen.tsx'),
    'AuthoritiesScreen',
  ),
});

const authority = createRoute({
  getParentRoute: () => root,
  path: '/authorities/$slug',
  component: lazyRouteComponent(
    () => import('../screens/authorities/authority-screen.tsx'),
    'AuthorityScreen',
  ),
});

const trust = createRoute({
  getParentRoute: () => root,
  path: '/authorities/$slug/trust',
  component: lazyRouteComponent(() => import('../screens/trust/trust-screen.tsx'), 'TrustScreen'),
});

const policies = createRoute({
  getParentRoute: () => root,
  path: '/policies',
  validateSearch: readPolicySearch,
  component: lazyRouteComponent(() => import('../screens/policies/policies-screen.tsx'), 'PoliciesScreen'),
});

const profiles = createRoute({
  getParentRoute: () => root,
  path: '/profiles',
  component: lazyRouteComponent(() => import('../screens/profiles/profiles-screen.tsx'), 'ProfilesScreen'),
});

const requests = createRoute({
  getParentRoute: () => root,
  path: '/requests',
  validateSearch: readRequestSearch,
  component: lazyRouteComponent(() => import('../screens/requests/requests-screen.tsx'), 'RequestsScreen'),
});

const request = createRoute({
  getParentRoute: () => root,
  path: '/requests/$id',
  component: lazyRouteComponent(() => import('../screens/requests/request-screen.tsx'), 'RequestScreen'),
});

const certificateBulk = createRoute({
  getParentRoute: () => root,
  path: '/certificates/bulk',
  component: lazyRouteComponent(
    () => import('../screens/bulk-issue/bulk-issue-screen.tsx'),
    'BulkIssueScreen',
  ),
});

const jobs = createRoute({
  getParentRoute: () => root,
  path: '/jobs',
  component: lazyRouteComponent(() => import('../screens/jobs/jobs-screen.tsx'), 'JobsScreen'),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: '/audit',
  validateSearch: readTextSearch,
  component: lazyRouteComponent(() => import('../screens/audit/audit-screen.tsx'), 'AuditScreen'),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: '/settings',
  component: lazyRouteComponent(() => import('../screens/settings/settings-screen.tsx'), 'SettingsScreen'),
});

const identityProviders = createRoute({
  getParentRoute: () => root,
  path: '/settings/identity-providers',
  component: lazyRouteComponent(
    () => import('../screens/identity-providers/identity-providers-screen.tsx'),
    'IdentityProvidersScreen',
  ),
});

const tree = root.addChildren([
  index,
  dashboard,
  certificates,
  certificateImport,
  certificateBulk,
  certificate,
  endEntities,
  endEntity,
  clients,
  client,
  operators,
  operator,
  realms,
  sessions,
  inspect,
  pending,
  renewals,
  alerts,
  authorities,
  authority,
  trust,
  policies,
  profiles,
  requests,
  request,
  jobs,
  audit,
  settings,
  identityProviders,
]);

export const router = createRouter({
  routeTree: tree,
  basepath: '/ui',
  defaultPreload: 'intent',
  defaultErrorComponent: RouteError,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
