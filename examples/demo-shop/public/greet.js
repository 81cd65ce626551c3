// Hello, by name: to who is signed in, and to who is not but agreed to be recognised.
import { draw } from './draw.js';
import { seen, session } from './kept.js';

const { vinculo } = window;
const place = document.querySelector('#greeting');

function say(...words) {
  place.replaceChildren(...words);
  place.hidden = words.length === 0;
}

export function greet() {
  const account = session.get();
  if (account) {
    say(`Hola, ${account.firstName}.`);
    return;
  }
  vinculo.ready((profile) => {
    // Signed in meanwhile, on this very page.
    if (session.get()) return;
    if (!profile.known) {
      say();
      return;
    }
    const another = () => {
      vinculo.reset();
      seen.clear();
      document.querySelector('.seen')?.remove();
    };
    const nobody = draw('button', { type: 'button', class: 'link', click: another }, `No soy ${profile.givenName}`);
    say(`Hola de nuevo, ${profile.givenName}. `, nobody);
  });
}
