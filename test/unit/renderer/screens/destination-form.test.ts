import { expect, it } from 'vitest';
import { formOf, settingsOf } from '../../../../src/renderer/screens/alerts/destination-form.ts';
import { createDestination } from '../../../../src/shared/operations/alert-destinations.ts';

const mail = { ...formOf(null), kind: 'smtp', name: 'Mail', host: 'mail.example.com' } as const;
const filled = { ...mail, sender: 'a@example.com', recipients: ['b@example.com'] };

it('says of a webhook nothing that is of a mail server, though that was typed before', () => {
  const settings = settingsOf({ ...filled, kind: 'webhook', url: ' https://hooks.example.com/ ' });
  expect(Object.keys(settings).sort()).toEqual(['enabled', 'name', 'notices', 'realms', 'trust', 'url']);
  expect(settings).toMatchObject({ url: 'https://hooks.example.com/', realms: null, trust: null });
});

it('leaves a stored password as it is where none is typed', () => {
  expect(settingsOf(filled)).not.toHaveProperty('password');
  expect(settingsOf({ ...filled, username: 'chancery', password: 'typed' })).toMatchObject({
    username: 'chancery',
    password: 'typed',
  });
});

it('says what the operation takes', () => {
  const input = { kind: filled.kind, ...settingsOf(filled) };
  expect(createDestination.input.parse(input)).toMatchObject({ port: 465, security: 'tls', username: null });
});
