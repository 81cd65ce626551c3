// Accounts: make one, come in, go out.
import { draw } from './draw.js';
import { accounts, seen, session } from './kept.js';
import * as tell from './tell.js';

const field = (name, label, more = {}) => draw('label', { class: 'field' }, label, draw('input', { name, required: true, ...more }));

function enter(account) {
  session.set(account);
  location.assign('/');
}

function signUp(event) {
  event.preventDefault();
  const said = Object.fromEntries([...new FormData(event.target)].map(([name, value]) => [name, value.trim()]));
  if (accounts.get().some(({ email }) => email === said.email)) {
    event.target.querySelector('[role=alert]').textContent = 'Ya hay una cuenta con ese correo en este navegador. Entra con ella.';
    return;
  }
  const account = { id: `CLI-${crypto.randomUUID()}`, ...said };
  accounts.set([...accounts.get(), account]);
  tell.signedUp(account);
  enter(account);
}

function signIn(event) {
  event.preventDefault();
  const email = new FormData(event.target).get('email').trim();
  const account = accounts.get().find((one) => one.email === email);
  if (!account) {
    event.target.querySelector('[role=alert]').textContent = 'No hay ninguna cuenta con ese correo en este navegador.';
    return;
  }
  tell.signedIn(account);
  enter(account);
}

function signOut() {
  tell.signedOut();
  session.clear();
  seen.clear();
  location.assign('/');
}

export function drawAccount(main) {
  document.title = 'Tu cuenta · La Alacena';
  tell.visited('Cuenta');
  const account = session.get();
  if (account) {
    main.append(
      draw('h1', {}, `${account.firstName} ${account.lastName}`),
      draw('p', {}, account.email),
      draw('button', { type: 'button', click: signOut }, 'Salir'),
    );
    return;
  }
  main.append(
    draw('h1', {}, 'Tu cuenta'),
    draw(
      'div',
      { class: 'halves' },
      draw(
        'form',
        { id: 'sign-up', submit: signUp },
        draw('h2', {}, 'Haz una cuenta'),
        field('firstName', 'Nombre', { autocomplete: 'given-name' }),
        field('lastName', 'Apellidos', { autocomplete: 'family-name' }),
        field('email', 'Correo', { type: 'email', autocomplete: 'email' }),
        draw('p', { role: 'alert' }),
        draw('button', { type: 'submit', class: 'main' }, 'Hacer la cuenta'),
      ),
      draw(
        'form',
        { id: 'sign-in', submit: signIn },
        draw('h2', {}, 'Ya tengo cuenta'),
        field('email', 'Correo', { type: 'email', autocomplete: 'email' }),
        draw('p', { role: 'alert' }),
        draw('button', { type: 'submit', class: 'main' }, 'Entrar'),
        draw('p', { class: 'small' }, 'Sin contraseña: es una tienda de muestra y las cuentas viven en este navegador.'),
      ),
    ),
  );
}
