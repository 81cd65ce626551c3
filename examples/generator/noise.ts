// How far what a source wrote is from what is true: all rates in one place, as data, so that a test can hold the
// generator to them and a load test can be harsher than the demo.

export type CustomerSource = 'tarjeta' | 'tienda-web' | 'centralita' | 'encuestas';

/** Shares of people, 0..1. */
export interface HistoryNoise {
  foreign: number;
  moved: number;
  changedMobile: number;
  changedEmail: number;
  landline: number;
  /** Of women born before 1972: some source may write the spouse's surname after `de`. */
  partnerSurname: number;
  /** Of second persons in a household: gives the first one's mobile, or e-mail, as their own. */
  sharedMobile: number;
  sharedEmail: number;
}

/** Shares of records, 0..1; of each name field for `typo` and `misheard`. */
export interface RecordNoise {
  /** One slip of the fingers in a name field. */
  typo: number;
  /** A name field written as it sounds. */
  misheard: number;
  noAccents: number;
  familiar: number;
  /** `Mª Carmen` for `María del Carmen`. */
  abbreviated: number;
  noSecondSurname: number;
  swappedSurnames: number;
  /** Where there is a spouse's surname to write. */
  married: number;
  noBirth: number;
  /** Day and month exchanged where possible, otherwise a day or a year off. */
  wrongBirth: number;
  noNationalId: number;
  wrongNationalId: number;
  noPhone: number;
  wrongPhone: number;
  /** Where there is a landline. */
  landlineInstead: number;
  noEmail: number;
  wrongEmail: number;
  noAddress: number;
  /** The same person again in the same source, under another key. */
  again: number;
}

export interface Noise {
  history: HistoryNoise;
  record: Record<CustomerSource, RecordNoise>;
}

/** What a well-run chain of shops lives with; the demo's. */
export const demoNoise: Noise = {
  history: {
    foreign: 0.09,
    moved: 0.1,
    changedMobile: 0.08,
    changedEmail: 0.07,
    landline: 0.35,
    partnerSurname: 0.15,
    sharedMobile: 0.12,
    sharedEmail: 0.12,
  },
  record: {
    tarjeta: {
      typo: 0.02,
      misheard: 0.01,
      noAccents: 0.7,
      familiar: 0,
      abbreviated: 0.35,
      noSecondSurname: 0.03,
      swappedSurnames: 0.01,
      married: 0.5,
      noBirth: 0.12,
      wrongBirth: 0.01,
      noNationalId: 0.14,
      wrongNationalId: 0.01,
      noPhone: 0.1,
      wrongPhone: 0.01,
      landlineInstead: 0.25,
      noEmail: 0.45,
      wrongEmail: 0.02,
      noAddress: 0.06,
      again: 0.04,
    },
    'tienda-web': {
      typo: 0.025,
      misheard: 0,
      noAccents: 0.3,
      familiar: 0.16,
      abbreviated: 0.1,
      noSecondSurname: 0.35,
      swappedSurnames: 0.01,
      married: 0.1,
      noBirth: 1,
      wrongBirth: 0,
      noNationalId: 1,
      wrongNationalId: 0,
      noPhone: 0.15,
      wrongPhone: 0.015,
      landlineInstead: 0.04,
      noEmail: 0.01,
      wrongEmail: 0.01,
      noAddress: 0.1,
      again: 0.05,
    },
    centralita: {
      typo: 0.01,
      misheard: 0.12,
      noAccents: 0.35,
      familiar: 0.06,
      abbreviated: 0.15,
      noSecondSurname: 0.15,
      swappedSurnames: 0.01,
      married: 0.2,
      noBirth: 1,
      wrongBirth: 0,
      noNationalId: 0.4,
      wrongNationalId: 0.015,
      noPhone: 0.02,
      wrongPhone: 0.005,
      landlineInstead: 0.2,
      noEmail: 1,
      wrongEmail: 0,
      noAddress: 1,
      again: 0.05,
    },
    encuestas: {
      typo: 0.02,
      misheard: 0,
      noAccents: 0.3,
      familiar: 0.1,
      abbreviated: 0.1,
      noSecondSurname: 0.12,
      swappedSurnames: 0.01,
      married: 0.05,
      noBirth: 0.3,
      wrongBirth: 0.01,
      noNationalId: 1,
      wrongNationalId: 0,
      noPhone: 1,
      wrongPhone: 0,
      landlineInstead: 0,
      noEmail: 0.04,
      wrongEmail: 0.01,
      noAddress: 0.12,
      again: 0.08,
    },
  },
};

/** The same, everything about twice as bad: what a load test and a benchmark of matching should bear. */
export const harshNoise: Noise = {
  history: { ...demoNoise.history, moved: 0.2, changedMobile: 0.16, changedEmail: 0.14, sharedMobile: 0.2, sharedEmail: 0.2 },
  record: {
    tarjeta: harsher(demoNoise.record.tarjeta),
    'tienda-web': harsher(demoNoise.record['tienda-web']),
    centralita: harsher(demoNoise.record.centralita),
    encuestas: harsher(demoNoise.record.encuestas),
  },
};

/** Every error twice as likely. What a source never asks for stays never asked for. */
function harsher(noise: RecordNoise): RecordNoise {
  const entries = Object.entries(noise).map(([name, p]: [string, number]) => [name, name === 'noAccents' ? p : twice(p)] as const);
  return { ...noise, ...Object.fromEntries(entries) };
}

function twice(p: number): number {
  return p === 1 ? 1 : 1 - (1 - p) ** 2;
}
