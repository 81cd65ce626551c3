/** Waits that end early when something happened. */
export interface Waker {
  wake(): void;
  /** @param early whether waking ends it; what happens meanwhile is then found when it ends. */
  sleep(ms: number, early?: boolean): Promise<void>;
}

/** Every wait ends when the signal says so. */
export function waker(signal: AbortSignal): Waker {
  let called = false;
  let resume: (() => void) | undefined;
  return {
    wake() {
      called = true;
      resume?.();
    },
    sleep(ms, early = true) {
      if (signal.aborted || (early && called)) {
        called = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const end = () => {
          clearTimeout(timer);
          signal.removeEventListener('abort', end);
          resume = undefined;
          if (early) called = false;
          resolve();
        };
        const timer = setTimeout(end, ms);
        signal.addEventListener('abort', end, { once: true });
        if (early) resume = end;
      });
    },
  };
}
