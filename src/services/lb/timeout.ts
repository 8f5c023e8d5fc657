/**
 * Calls back after so many milliseconds, but not before what has arrived meanwhile was handled: a process that was busy does
 * not take its own delay for the other side's. Gives back what ends the wait.
 */
export function startTimeout(timeoutMs: number, onTimeout: () => void): () => void {
  let last: NodeJS.Immediate | undefined;
  const timer = setTimeout(() => {
    last = setImmediate(onTimeout);
  }, timeoutMs);
  return () => {
    clearTimeout(timer);
    clearImmediate(last);
  };
}
