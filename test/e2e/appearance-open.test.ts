import { beforeAll, expect, it } from 'vitest';
import { overhangPx, troubleWithLooks } from '../support/check-screen.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { type FurnishedOffice, furnishOffice } from '../support/furnished-office.ts';
import { settled } from '../support/settled.ts';
import { visit } from '../support/visit.ts';

describeInBrowser(
  'the look of what opens above the screens',
  { window: { reducedMotion: 'reduce' }, keepsWindow: true },
  () => {
    let office: FurnishedOffice;
    beforeAll(async () => {
      office = await furnishOffice(desk, token);
    });

    const press = (name: string) => page.getByRole('button', { name, exact: true }).first().click();
    const choose = (name: string) => page.getByRole('menuitem', { name, exact: true }).click();

    it.each<[string, string, () => Promise<unknown>]>([
      ['the command palette', 'dashboard', () => page.keyboard.press('Control+KeyK')],
      ['the menu of the person', 'dashboard', () => page.getByRole('button', { name: /^owner/ }).click()],
      ['issuing', 'certificates', () => press('Issue certificate')],
      ['what an issued certificate shows', 'certificates', issueOne],
      ['what the policy refuses', 'certificates', issueAgainstPolicy],
      ['a filter', 'certificates', () => page.getByRole('combobox', { name: 'Status' }).click()],
      ['the download menu', 'certificates/one', () => press('Download')],
      ['PKCS#12', 'certificates/one', () => press('Download').then(() => choose('PKCS#12 …'))],
      ['revoking', 'certificates/one', () => press('Revoke')],
      ['renewing', 'certificates/one', () => press('Renew')],
      ['a new client', 'clients', () => press('New client')],
      ['deleting a client', 'clients', () => press('Actions of build-server').then(() => choose('Delete'))],
      ['a secret', 'clients', resetSecret],
      ['adding to the inbox', 'pending', () => press('Add a certificate')],
      ['accepting', 'pending', () => press('Accept camera-17')],
      ['rejecting', 'pending', () => press('Reject camera-17')],
      ['creating an authority', 'authorities', () => press('Create authority')],
      ['importing an authority', 'authorities', () => press('Import')],
      ['the actions of an authority', 'authorities', () => press('Actions of Chancery Root CA')],
      ['an audit event', 'audit', () => press('client.created')],
    ])('%s fits, and is accessible in light and dark', async (_, screen, open) => {
      await visit(page, screen.replace('one', office.certificateId));
      await open();
      await page
        .getByRole('dialog')
        .or(page.getByRole('menu'))
        .or(page.getByRole('listbox'))
        .first()
        .waitFor();
      await settled(page);
      expect(await troubleWithLooks(page)).toEqual([]);
    });

    it('the actions of a client fit, and are accessible', async () => {
      await visit(page, 'clients');
      await press('Actions of build-server');
      await page.getByRole('menu').waitFor();
      expect(await troubleWithLooks(page)).toEqual([]);
      // A row's menu stays where its row was when the window shrinks around it; closed, it takes no room.
      await page.keyboard.press('Escape');
      expect(await overhangPx(page, 'zoomed')).toBeLessThanOrEqual(0);
    });

    async function fillIssueForm(validity: string) {
      await press('Issue certificate');
      const form = page.getByRole('dialog', { name: 'Issue certificate' });
      await form.getByRole('combobox', { name: 'Profile' }).click();
      await page.getByRole('option', { name: 'TLS server' }).click();
      await form.getByRole('textbox', { name: 'Name 1' }).fill('shown.example.test');
      await form.getByRole('textbox', { name: 'Validity' }).fill(validity);
      await form.getByRole('button', { name: 'Issue', exact: true }).click();
    }
    async function issueOne() {
      await fillIssueForm('P30D');
      await page.getByRole('dialog', { name: 'Certificate issued' }).waitFor();
    }
    async function issueAgainstPolicy() {
      await fillIssueForm('P900D');
      await page.getByRole('dialog').getByRole('alert').waitFor();
    }
    async function resetSecret() {
      await press('Actions of build-server');
      await choose('Reset secret');
      await page.getByRole('dialog').getByRole('button', { name: 'Reset secret' }).click();
      await page.getByRole('dialog', { name: 'New secret' }).waitFor();
    }
  },
);
