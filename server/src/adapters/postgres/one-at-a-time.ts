import pg from 'pg';

type Ask = (...args: unknown[]) => unknown;
type Answered = (error: Error | undefined, result?: unknown) => void;

/**
 * A connection that sends a statement when the one before is answered. Prisma asks for several relations of one include
 * at the same time on its transaction's connection; pg queues them until its version 9, which will refuse them.
 */
export class OneAtATime extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const ask = this.query.bind(this) as unknown as Ask;
    let last: Promise<unknown> = Promise.resolve();
    const enqueue: Ask = (...args) => {
      const answered = args.at(-1);
      if (typeof answered !== 'function') {
        const result = last.then(() => ask(...args));
        last = result.catch(() => undefined);
        return result;
      }
      last = last.then(
        () =>
          new Promise<void>((done) => {
            const finish: Answered = (error, result) => {
              done();
              (answered as Answered)(error, result);
            };
            ask(...args.slice(0, -1), finish);
          }),
      );
      return undefined;
    };
    this.query = enqueue as unknown as typeof this.query;
  }
}
