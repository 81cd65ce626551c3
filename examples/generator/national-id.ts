const NIF_LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** The NIF of a Spanish citizen: eight digits and the letter that checks them (number modulo 23). */
export function nif(number: number): string {
  return String(number).padStart(8, '0') + NIF_LETTERS[number % 23]!;
}

/** The NIE of a foreign resident: X, Y or Z (counted as 0, 1, 2), seven digits, letter. `number` is below 30,000,000. */
export function nie(number: number): string {
  const digits = String(number).padStart(8, '0');
  return 'XYZ'[Number(digits[0])]! + digits.slice(1) + NIF_LETTERS[number % 23]!;
}

/** The CIF of a company: legal-form letter, seven digits, control digit (Luhn over the seven). */
export function cif(form: 'A' | 'B' | 'F', number: number): string {
  const digits = String(number).padStart(7, '0');
  let sum = 0;
  for (let i = 0; i < 7; i++) {
    const digit = Number(digits[i]);
    if (i % 2 === 1) sum += digit;
    else sum += digit * 2 > 9 ? digit * 2 - 9 : digit * 2;
  }
  return form + digits + String((10 - (sum % 10)) % 10);
}
