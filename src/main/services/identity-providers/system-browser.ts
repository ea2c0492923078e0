/** The browser of the system, where there is one: how people sign in outside from a window that goes nowhere else. */

/** A port of this machine that waits for the browser to come back (RFC 8252 section 7.3). */
export interface LoopbackRedirect {
  /** http://127.0.0.1:PORT/... */
  readonly redirectUri: string;
  /** The query that the browser came with; rejects where it was closed before. */
  readonly answer: Promise<string>;
  close(): void;
}

export interface SystemBrowser {
  /** Opens a port for the visit that has this state. */
  listen(state: string): Promise<LoopbackRedirect>;
  /** Opens the address in the browser; absent where a person has to. */
  readonly open?: (url: string) => Promise<void>;
}
