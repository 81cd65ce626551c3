import { testStores } from '@vinculo/testing';
import { migrationSuite } from './migrate.suite.ts';

migrationSuite(() => testStores({ config: { clickhouseUrl: undefined } }));
