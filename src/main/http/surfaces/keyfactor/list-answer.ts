/** A list with how many there are in all, which goes into a header. */
export class ListAnswer {
  readonly items: readonly object[];
  readonly total: number;

  constructor(items: readonly object[], total: number) {
    this.items = items;
    this.total = total;
  }

  /** The page of a list that is there as a whole. */
  static pageOf(
    all: readonly object[],
    { offset, limit }: { readonly offset: number; readonly limit: number },
  ): ListAnswer {
    return new ListAnswer(all.slice(offset, offset + limit), all.length);
  }
}
