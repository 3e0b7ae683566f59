/** Statements written out as SQL; interpolated values become parameters. Prisma's transactions fit this shape too. */
export type RawTx = {
  $queryRaw<T>(text: TemplateStringsArray, ...values: unknown[]): Promise<T>;
  $executeRaw(text: TemplateStringsArray, ...values: unknown[]): Promise<number>;
};

/**
 * Transactions without the object mapper, for the few paths that every request or every join takes: the mapper's own
 * work is several times that of the driver there.
 */
export type Statements = RawTx & {
  /** One transaction in which row-level security shows this court's rows only. */
  inCourt<T>(courtId: string, work: (tx: RawTx) => Promise<T>): Promise<T>;
};
