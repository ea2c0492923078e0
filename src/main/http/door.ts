/** Where a call came from: all that http/ knows of servers, windows and sockets. */

export interface Peer {
  /** IP address of the other side, null in process. */
  readonly address: string | null;
  /** DER of the certificate chain that a client presented over mutual TLS, its own first. */
  readonly certificates: readonly Uint8Array[];
}

export interface Door {
  readonly kind: 'desktop' | 'listener' | 'command-line';
  /** `owner` where the operating system vouches for the person: the window, and the owner's socket. */
  readonly principal: 'owner' | null;
  readonly peer: Peer;
  /** Ports of this server, where one of them asks for certificates: what this connection came in by, and that one. */
  readonly ports?: { readonly main: number; readonly mutualTls: number };
  /** Aborted when the caller has gone. */
  readonly signal: AbortSignal;
}
