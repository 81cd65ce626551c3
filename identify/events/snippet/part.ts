import type { FeaturePart } from '@vinculo/http';
import { routes } from './routes.ts';

/** What a web page needs: the script that tells of visits, and who a visitor is where they want to be recognised. */
export const part: FeaturePart = { routes };
