// The choice: as easy to refuse as to accept, changed at any time, and remembered by Vínculo.
import { draw } from './draw.js';
import { seen } from './kept.js';

const { vinculo } = window;
const place = document.querySelector('#consent');

const CATEGORIES = [
  ['analytics', 'Estadística', 'Nos ayuda a ver qué se mira y qué se compra.'],
  ['personalise', 'Reconocerte', 'Te saludamos por tu nombre y te enseñamos lo último que viste.'],
];

function answer(choice) {
  // Recognising needs the id that statistics keep.
  const said = { analytics: choice.analytics || choice.personalise, personalise: choice.personalise };
  vinculo.consent(said);
  if (!said.personalise) seen.clear();
  place.hidden = true;
  document.dispatchEvent(new Event('chosen'));
  document.querySelector('#privacy').focus();
}

/** Shows the question, with what was chosen before. */
export function askConsent() {
  const before = vinculo.consent() ?? {};
  const boxes = CATEGORIES.map(([name, title, why]) =>
    draw(
      'label',
      {},
      draw('input', { type: 'checkbox', name, checked: before[name] === true }),
      draw('span', {}, draw('strong', {}, title), ' ', why),
    ),
  );
  place.replaceChildren(
    draw(
      'form',
      {
        submit: (event) => {
          event.preventDefault();
          const said = new FormData(event.target);
          answer({ analytics: said.has('analytics'), personalise: said.has('personalise') });
        },
      },
      draw('h2', {}, '¿Podemos recordarte?'),
      draw('p', {}, 'Lo necesario para comprar funciona siempre. Lo demás, solo si quieres. Puedes cambiarlo abajo, en «Privacidad».'),
      draw('fieldset', {}, draw('legend', { class: 'hidden' }, 'Elige'), boxes),
      draw(
        'div',
        { class: 'buttons' },
        draw('button', { type: 'button', click: () => answer({ analytics: false, personalise: false }) }, 'Solo lo necesario'),
        draw('button', { type: 'submit' }, 'Guardar mi elección'),
        draw('button', { type: 'button', click: () => answer({ analytics: true, personalise: true }) }, 'Aceptar todo'),
      ),
    ),
  );
  place.hidden = false;
}

/** Asks who has not answered, and lets everybody change their mind. */
export function watchConsent() {
  vinculo.ready(() => {
    if (!vinculo.consent()) askConsent();
  });
  document.querySelector('#privacy').addEventListener('click', askConsent);
}

/** Whether they agreed to be recognised. False until vinculo.js has come. */
export const mayRemember = () => vinculo.consent()?.personalise === true;
