import { beforeAll, beforeEach, expect, it } from 'vitest';
import { troubleWithLooks } from '../support/check-screen.ts';
import { askService } from '../support/console-in-browser.ts';
import { describeInBrowser, desk, page, token } from '../support/describe-in-browser.ts';
import { newSelfSigned } from '../support/openssl.ts';

describeInBrowser('the inspect screen', { screen: 'inspect', window: { reducedMotion: 'reduce' } }, () => {
  let certificate: string;

  beforeAll(async () => {
    ({ certificate } = await askService<{ certificate: string }>(
      desk.console,
      token,
      '/api/v1/certificates',
      {
        realm: 'default',
        profile: 'tls-server',
        subject: { commonName: 'seen.example.test' },
      },
    ));
  });
  beforeEach(async () => {
    await page.getByRole('heading', { level: 1, name: 'Inspect' }).waitFor();
  });

  const paste = async (text: string) => {
    await page.getByRole('textbox', { name: 'Certificate, request' }).fill(text);
    await page.getByRole('button', { name: 'Look at it' }).click();
  };

  it('says what was pasted, what is in it, and that its chain is valid', async () => {
    await paste(certificate);
    await page.getByText('Valid up to one of our roots').waitFor();
    await page.getByText('certificate (pem)').waitFor();
    await page.getByRole('heading', { level: 2, name: /seen\.example\.test/ }).waitFor();
    await page.getByText('dns:seen.example.test').first().waitFor();
    expect(await troubleWithLooks(page)).toEqual([]);
  });

  it('shows what is wrong with a foreign file, and where its chain breaks', async () => {
    await paste(await newSelfSigned('/C=12/CN=faulty.example.test'));
    await page.getByText('Not valid', { exact: true }).waitFor();
    await page.getByText('The countryName is not a code of two letters.').first().waitFor();
    await page.getByText('Error', { exact: true }).first().waitFor();
    await paste('good morning');
    await page.getByText('Nothing that is known here').waitFor();
  });
});
