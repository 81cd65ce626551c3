export { openSpotlight, Spotlight } from '@mantine/spotlight';
