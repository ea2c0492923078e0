/** The screens in the order of the side bar and the command palette. */

import type { Icon } from '@tabler/icons-react';
import {
  IconBell,
  IconBook2,
  IconBuildingFortress,
  IconCalendarEvent,
  IconCertificate,
  IconChecklist,
  IconClipboardList,
  IconDeviceDesktopCheck,
  IconFileSearch,
  IconGauge,
  IconInbox,
  IconKey,
  IconListDetails,
  IconSettings,
  IconShieldCheck,
  IconSitemap,
  IconUserShield,
  IconUsers,
} from '@tabler/icons-react';
import type { Permission } from '../../shared/model/permissions.ts';

export interface Destination {
  readonly to:
    | '/dashboard'
    | '/certificates'
    | '/requests'
    | '/end-entities'
    | '/pending'
    | '/renewals'
    | '/alerts'
    | '/clients'
    | '/inspect'
    | '/authorities'
    | '/policies'
    | '/profiles'
    | '/jobs'
    | '/operators'
    | '/realms'
    | '/sessions'
    | '/audit'
    | '/settings';
  readonly name:
    | 'dashboard'
    | 'certificates'
    | 'requests'
    | 'end-entities'
    | 'pending'
    | 'renewals'
    | 'alerts'
    | 'clients'
    | 'inspect'
    | 'authorities'
    | 'policies'
    | 'profiles'
    | 'jobs'
    | 'operators'
    | 'realms'
    | 'sessions'
    | 'audit'
    | 'settings';
  readonly icon: Icon;
  /** Hidden from those who lack it; null is for everyone. */
  readonly permission: Permission | null;
}

export interface DestinationGroup {
  readonly name: 'work' | 'issuing' | 'system';
  readonly destinations: readonly Destination[];
}

export const navigation: readonly DestinationGroup[] = [
  {
    name: 'work',
    destinations: [
      { to: '/dashboard', name: 'dashboard', icon: IconGauge, permission: 'certificates.read' },
      { to: '/certificates', name: 'certificates', icon: IconCertificate, permission: 'certificates.read' },
      { to: '/requests', name: 'requests', icon: IconChecklist, permission: 'requests.read' },
      { to: '/end-entities', name: 'end-entities', icon: IconUsers, permission: 'end-entities.read' },
      { to: '/pending', name: 'pending', icon: IconInbox, permission: 'pending.read' },
      { to: '/renewals', name: 'renewals', icon: IconCalendarEvent, permission: 'certificates.read' },
      { to: '/alerts', name: 'alerts', icon: IconBell, permission: 'alerts.read' },
      { to: '/clients', name: 'clients', icon: IconKey, permission: 'clients.read' },
      { to: '/inspect', name: 'inspect', icon: IconFileSearch, permission: null },
    ],
  },
  {
    name: 'issuing',
    destinations: [
      { to: '/authorities', name: 'authorities', icon: IconSitemap, permission: 'authorities.read' },
      { to: '/policies', name: 'policies', icon: IconShieldCheck, permission: 'policies.read' },
      { to: '/profiles', name: 'profiles', icon: IconClipboardList, permission: 'profiles.read' },
    ],
  },
  {
    name: 'system',
    destinations: [
      { to: '/jobs', name: 'jobs', icon: IconListDetails, permission: null },
      { to: '/operators', name: 'operators', icon: IconUserShield, permission: 'operators.read' },
      { to: '/realms', name: 'realms', icon: IconBuildingFortress, permission: 'realms.update' },
      { to: '/sessions', name: 'sessions', icon: IconDeviceDesktopCheck, permission: 'operators.read' },
      { to: '/audit', name: 'audit', icon: IconBook2, permission: 'audit.read' },
      { to: '/settings', name: 'settings', icon: IconSettings, permission: null },
    ],
  },
];
