import { type BrowserWindow, dialog } from 'electron';
import type { Texts } from './texts.ts';

export type CloseChoice = 'keep-running' | 'quit' | 'cancel';

const choices: readonly CloseChoice[] = ['keep-running', 'quit', 'cancel'];

/** Says what goes on and what stops without the window, and asks which it shall be. */
export async function askOnClose(window: BrowserWindow, texts: Texts): Promise<CloseChoice> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    title: 'Chancery',
    message: texts.closing,
    detail: texts.closingDetail,
    buttons: [texts.keepRunning, texts.quit, texts.cancel],
    defaultId: choices.indexOf('keep-running'),
    cancelId: choices.indexOf('cancel'),
    noLink: true,
  });
  return choices[response] ?? 'cancel';
}
