/**
 * Money as whole ten-thousandths, which is how decimals hold it: a sum of them takes two thirds of the time. Of one customer it stays
 * far below the nine hundred million millions that 64 bits have room for.
 */
export const inParts = (money: string) => `reinterpretAsInt64(${money})`;

/** A sum of {@link inParts} as money again. */
export const fromParts = (parts: string) => `reinterpret(${parts}, 'Decimal(18, 4)')`;
