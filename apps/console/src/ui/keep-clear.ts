const bars = new Set<HTMLElement>();
const measure = () => {
  const height = [...bars].reduce((sum, { offsetHeight }) => sum + offsetHeight, 0);
  document.documentElement.style.setProperty('--v-bars', `${height}px`);
};

/**
 * `<div ref={keepClear}>`: a bar that stays at the bottom of the window. What is told in the corner stands above it and covers none of
 * its buttons.
 */
export function keepClear(bar: HTMLElement | null): (() => void) | undefined {
  if (!bar) return undefined;
  const observer = new ResizeObserver(measure);
  bars.add(bar);
  observer.observe(bar);
  return () => {
    observer.disconnect();
    bars.delete(bar);
    measure();
  };
}
