/** Bodies that were there as a whole when their answer was made. */
const bodies = new WeakMap<Response, string | Uint8Array>();

/** An answer whose body a door may send in one piece, instead of reading a stream that Response makes of it. */
export function wholeResponse(
  body: string | Uint8Array<ArrayBuffer>,
  init: { readonly status: number; readonly headers: Headers },
): Response {
  const response = new Response(body, init);
  bodies.set(response, body);
  return response;
}

/** The body of such an answer, undefined for others. */
export function wholeBody(response: Response): string | Uint8Array | undefined {
  return bodies.get(response);
}
