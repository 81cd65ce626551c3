// What goes on by itself in every process that works: events are loaded as they arrive, people are saved as records, and whoever
// follows hears of both.
import type { Context, Stop } from '@vinculo/http';
import { inboxArrived } from '../collect/arrivals.ts';
import { savePeople } from './people/save-people.ts';
import { tieAliases } from './people/tie-aliases.ts';
import { roundsInThread } from './round-thread.ts';
import { isTurnLost } from './settle.ts';
import { tellUntold } from './tell-untold.ts';
import { takeTurn } from './turn.ts';
import { waker, type Waker } from './waker.ts';

/** Where nothing is heard, it is looked. */
const LOOK_EVERY_MS = 250;
/** What comes within it goes together: many rows at once cost little more than one. */
const GATHER_MS = 100;
/** A round of so many is followed by the next at once. */
const MANY = 2_000;
const TELL_EVERY_MS = 1_000;
const TURN_EVERY_MS = 2_000;
const AFTER_ERROR_MS = 1_000;

export interface LoaderFigures {
  loaded: number;
  rejected: number;
  /** Milliseconds the last round took. */
  milliseconds: number;
}

const figures = new WeakMap<object, LoaderFigures>();

/** What this process loaded since it started. */
export function loaderFigures({ store }: Pick<Context, 'store'>): LoaderFigures {
  const known = figures.get(store) ?? { loaded: 0, rejected: 0, milliseconds: 0 };
  figures.set(store, known);
  return known;
}

/** Begins to load whenever the turn is this process's. */
export function startLoader(context: Context): Stop {
  const stopping = new AbortController();
  const [events, people] = [waker(stopping.signal), waker(stopping.signal)];
  const deaf = inboxArrived(events.wake);
  const work = take(context, stopping.signal, events, people);
  return async () => {
    stopping.abort();
    deaf();
    await work;
  };
}

async function take(context: Context, stopping: AbortSignal, events: Waker, people: Waker): Promise<void> {
  while (!stopping.aborted) {
    const turn = await takeTurn(context, events.wake).catch((error: unknown) => {
      if (!stopping.aborted) context.log.warn({ err: error }, 'The event loader cannot ask for its turn; trying again');
      return undefined;
    });
    if (!turn) {
      await people.sleep(TURN_EVERY_MS);
      continue;
    }
    let taken = false;
    const over = () => stopping.aborted || taken || turn.lost();
    const load = async () => {
      await loadEvents(context, turn.owner, over, events, people);
      taken = true;
      people.wake();
    };
    await Promise.all([load(), followPeople(context, over, people)]);
    await turn.end();
  }
}

async function loadEvents(context: Context, owner: string, over: () => boolean, events: Waker, people: Waker): Promise<void> {
  const { log } = context;
  const own = roundsInThread(context, owner);
  const told = loaderFigures(context);
  let lastTold = 0;
  try {
    while (!over()) {
      const began = performance.now();
      try {
        const { requests, events: loaded, rejected } = await own.next();
        if (requests > 0) {
          told.loaded += loaded;
          told.rejected += rejected;
          told.milliseconds = Math.round(performance.now() - began);
          people.wake();
        }
        if (began - lastTold >= TELL_EVERY_MS) {
          lastTold = began;
          await tellUntold(context);
        }
        if (loaded < MANY) await events.sleep(requests > 0 ? GATHER_MS : LOOK_EVERY_MS, requests === 0);
      } catch (error) {
        await own.end();
        if (over() || isTurnLost(error)) return;
        log.error({ err: error }, 'Events could not be loaded; they wait in the inbox and are tried again');
        await events.sleep(AFTER_ERROR_MS, false);
      }
    }
  } finally {
    await own.end();
  }
}

async function followPeople(context: Context, over: () => boolean, people: Waker): Promise<void> {
  while (!over()) {
    try {
      const saved = await savePeople(context);
      const tied = await tieAliases(context);
      if (saved + tied === 0) await people.sleep(LOOK_EVERY_MS * 4);
    } catch (error) {
      if (over()) return;
      context.log.error({ err: error }, 'People that events told of could not be saved; trying again');
      await people.sleep(AFTER_ERROR_MS, false);
    }
  }
}
