type WholeBody = string | Uint8Array<ArrayBuffer>;

interface WholeInit {
  readonly status: number;
  readonly headers: Headers;
}

/**
 * An answer whose body was there as a whole when it was made, for a door to send in one piece. The stream that a
 * Response has of its body costs more than all its headers, so it is made only where somebody reads it.
 */
class WholeResponse extends Response {
  readonly whole: WholeBody;
  #streamed: Response | undefined;

  constructor(whole: WholeBody, init: WholeInit) {
    super(null, init);
    this.whole = whole;
  }

  override get body() {
    return this.#stream().body;
  }

  override get bodyUsed() {
    return this.#streamed?.bodyUsed ?? false;
  }

  override text() {
    return this.#stream().text();
  }

  override json() {
    return this.#stream().json();
  }

  override bytes() {
    return this.#stream().bytes();
  }

  override arrayBuffer() {
    return this.#stream().arrayBuffer();
  }

  override blob() {
    return this.#stream().blob();
  }

  override formData() {
    return this.#stream().formData();
  }

  override clone() {
    return this.#stream().clone();
  }

  #stream(): Response {
    this.#streamed ??= new Response(this.whole, this);
    return this.#streamed;
  }
}

/** An answer whose body a door may send in one piece, instead of reading a stream that Response makes of it. */
export function wholeResponse(body: WholeBody, init: WholeInit): Response {
  return new WholeResponse(body, init);
}

/** The body of such an answer, undefined for others. */
export function wholeBody(response: Response): string | Uint8Array | undefined {
  return response instanceof WholeResponse ? response.whole : undefined;
}
