interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
  readonly total: number;
}

/** As many as a page of ours takes at most. */
const pageSize = 500;

/**
 * The entries from `offset` on, by turning over pages that go by cursors: as many as needed, or with a filter all, for
 * the total.
 */
export async function collectByOffset<Item>(
  { offset, limit }: { readonly offset: number; readonly limit: number },
  turn: (page: { readonly limit: number; readonly cursor?: string }) => Promise<Page<Item>>,
  accepts?: (item: Item) => boolean,
): Promise<{ readonly items: Item[]; readonly total: number }> {
  const wanted = offset + limit;
  const found: Item[] = [];
  const enough = accepts ? Number.POSITIVE_INFINITY : wanted;
  let page = await turn({ limit: Math.min(pageSize, enough) });
  for (;;) {
    found.push(...(accepts ? page.items.filter(accepts) : page.items));
    if (page.nextCursor === null || found.length >= enough) break;
    page = await turn({ limit: pageSize, cursor: page.nextCursor });
  }
  const total = accepts ? found.length : Math.max(page.total, found.length);
  return { items: found.slice(offset, wanted), total };
}
