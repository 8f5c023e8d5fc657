/** Makes a value when it is first asked for, and once. */
export function lazy<T>(make: () => Promise<T>): { (): Promise<T>; readonly made: Promise<T> | undefined } {
  let made: Promise<T> | undefined;
  const get = () => {
    made ??= make();
    return made;
  };
  return Object.defineProperty(get, 'made', { get: () => made }) as typeof get & {
    readonly made: Promise<T> | undefined;
  };
}
