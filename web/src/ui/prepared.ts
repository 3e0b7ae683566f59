import { type ComponentType, type LazyExoticComponent, lazy } from 'react';

type Part<P> = LazyExoticComponent<ComponentType<P>> & { prepare(): Promise<void> };

/**
 * A part that is loaded when it is first shown, or before, by `prepare`: then it is drawn at once. Whatever suspends,
 * be it for a moment, React keeps back for 300 ms; code that is here already is therefore handed over without a promise.
 */
export function prepared<P>(load: () => Promise<ComponentType<P>>): Part<P> {
  let here: { default: ComponentType<P> } | undefined;
  const prepare = async () => {
    here = { default: await load() };
  };
  const part = lazy(() => {
    if (here) return atOnce(here);
    return load().then((loaded) => ({ default: loaded }));
  });
  return Object.assign(part, { prepare });
}

/** What asks for it is answered in the same turn. */
const atOnce = <T>(value: T): Promise<T> =>
  // biome-ignore lint/suspicious/noThenProperty: React's lazy takes anything with a `then`
  ({ then: (done: (value: T) => void) => done(value) }) as unknown as Promise<T>;
