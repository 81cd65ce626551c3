// What the shop itself keeps in the browser. A real shop has a server for accounts and orders; this one has nobody else.
function kept(storage, name, nothing) {
  const key = `alacena_${name}`;
  return {
    get: () => JSON.parse(storage.getItem(key) ?? 'null') ?? nothing,
    set: (value) => storage.setItem(key, JSON.stringify(value)),
    clear: () => storage.removeItem(key),
  };
}

/** Accounts made on this browser: { id, firstName, lastName, email }. */
export const accounts = kept(localStorage, 'cuentas', []);
/** Who is signed in: until the browser is closed, as with any shop. */
export const session = kept(sessionStorage, 'sesion', null);
/** { id, coupon, lines: { product: quantity } } */
export const basket = kept(localStorage, 'cesta', { lines: {} });
/** Products looked at, the last first. Only of who agreed to be recognised. */
export const seen = kept(localStorage, 'vistos', []);
