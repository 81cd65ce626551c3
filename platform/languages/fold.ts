/** Text as people compare it when they look for something: «Córdoba» is found by «cordoba». */
export const fold = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
