import { createSpotlight } from '@mantine/spotlight';

export { Spotlight } from '@mantine/spotlight';

export const [spotlightStore, { open: openSpotlight }] = createSpotlight();

/**
 * Makes the first choice the one that Enter opens. The kit does so when something is typed, but not when choices come
 * later, and it keeps the chosen one as an attribute in the page.
 */
export function chooseFirst(): void {
  const { listId } = spotlightStore.getState();
  const choices = document.querySelectorAll(`#${CSS.escape(listId)} [data-action]`);
  for (const choice of choices) choice.removeAttribute('data-selected');
  choices[0]?.setAttribute('data-selected', 'true');
  spotlightStore.updateState((state) => ({ ...state, selected: 0 }));
}
