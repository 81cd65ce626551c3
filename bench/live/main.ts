// Records one by one against a million: see customer-file/live.ts.
import '../customer-file/live.ts';
