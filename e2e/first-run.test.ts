// From an empty installation to an owner who comes in with a second factor.
import { createHmac } from 'node:crypto';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe, LAPTOP, OWNER, PHONE, sidewaysScroll, startWorld, takeTroubles, until, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await startWorld();
});
afterAll(() => world?.stop());

describe('the first run', () => {
  it('asks whoever comes first to become the owner, and then teaches the next step', async () => {
    const page = await world.visitor();
    await page.goto('/customers');
    await page.getByRole('heading', { name: 'Empecemos' }).waitFor();
    expect(new URL(page.url()).pathname).toBe('/setup');
    expect(await axe(page)).toEqual([]);

    const enter = page.getByRole('button', { name: 'Crear la cuenta y entrar' });
    await page.getByLabel('Nombre de tu empresa').fill(OWNER.companyName);
    await page.getByLabel('Tu nombre').fill(OWNER.name);
    await page.getByLabel('Correo electrónico').fill(OWNER.email);
    await page.getByLabel('Contraseña nueva').fill('corta');
    expect(await enter.isEnabled()).toBe(false);
    await page.getByLabel('Contraseña nueva').fill(OWNER.password);
    await enter.click();

    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
    await page.getByText('Ana, trae tus clientes').waitFor();
    await page.getByText(OWNER.companyName, { exact: true }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByRole('main').getByRole('link', { name: 'Importar un archivo' }).click();
    await until(() => new URL(page.url()).pathname).toBe('/imports/new');
    expect(takeTroubles(page).filter((trouble) => !trouble.startsWith('401 GET'))).toEqual([]);
  });

  it('happens once: the next one to come has to sign in', async () => {
    const page = await world.visitor();
    await page.goto('/setup');
    await page.getByLabel('Tu nombre').fill('Intruso');
    await page.getByLabel('Correo electrónico').fill('intruso@example.com');
    await page.getByLabel('Contraseña nueva').fill('otra frase bien larga');
    await page.getByRole('button', { name: 'Crear la cuenta y entrar' }).click();
    await page.getByRole('alert').getByText('VIN_ACCESS_SETUP_DONE').waitFor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
  });
});

describe('sign-in', () => {
  it('tells a wrong password, keeps what was typed, comes back to where one wanted to be, and signs out', async () => {
    const page = await world.visitor();
    await page.goto('/settings');
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
    expect(await axe(page)).toEqual([]);
    await page.getByLabel('Correo electrónico').fill(OWNER.email);
    await page.getByLabel(/^Contraseña/).fill('no es esta');
    await page.getByRole('button', { name: 'Entrar' }).click();
    const alert = page.getByRole('alert');
    await alert.getByText(/correo o la contraseña/).waitFor();
    await alert.getByText('VIN_ACCESS_CREDENTIALS').waitFor();
    expect(await page.getByLabel('Correo electrónico').inputValue()).toBe(OWNER.email);

    await page.getByLabel(/^Contraseña/).fill(OWNER.password);
    await page.getByRole('button', { name: 'Entrar' }).click();
    await page.getByRole('heading', { name: 'Ajustes', level: 1 }).waitFor();

    await page.getByRole('button', { name: `Menú de ${OWNER.name}` }).click();
    await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
    await page.goto('/customers');
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
  });

  it('needs no mouse', async () => {
    const page = await world.visitor();
    await page.goto('/');
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
    await until(() => focused(page)).toBe('Correo electrónico');
    await page.keyboard.type(OWNER.email);
    await keyTo(page, 'Tab', 'Contraseña');
    await page.keyboard.type(OWNER.password);
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();

    await page.keyboard.press('Tab');
    await until(() => focused(page)).toBe('Ir al contenido');
    await keyTo(page, 'Tab', `Menú de ${OWNER.name}`);
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await keyTo(page, 'ArrowDown', 'Cerrar sesión');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Inicia sesión' }).waitFor();
  });

  it.each([
    ['a laptop', LAPTOP],
    ['a telephone', PHONE],
  ])('speaks English to who asks for it, on %s', async (_name, viewport) => {
    const page = await world.visitor({ viewport });
    await page.goto('/sign-in');
    await page.getByRole('button', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('en');
    await page.reload();
    await page.getByRole('heading', { name: 'Sign in' }).waitFor();
    expect(await axe(page)).toEqual([]);
    expect(await sidewaysScroll(page)).toBe(0);
  });
});

describe('the second factor', () => {
  let secret: string;
  let spare: string;

  it('is switched on with a code of the app, and leaves backup codes', async () => {
    const page = await signIn();
    await page.goto('/account?tab=security');
    await page.getByText('Verificación en dos pasos: sin activar').waitFor();
    await page.getByRole('button', { name: 'Activar' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Contraseña actual').fill(OWNER.password);
    await dialog.getByRole('button', { name: 'Siguiente' }).click();
    await dialog.getByRole('img', { name: 'Código QR para la aplicación' }).waitFor();
    expect(await axe(page)).toEqual([]);
    secret = await dialog.locator('code').innerText();

    await typeCode(page, wrongCode(secret));
    await dialog.getByRole('alert').getByText('el código no es correcto').waitFor();
    await typeCode(page, totp(secret));
    await dialog.getByText('Guarda estos códigos fuera de aquí.').waitFor();
    const codes = await dialog.locator('code').allInnerTexts();
    expect(new Set(codes).size).toBe(10);
    spare = codes[0]!;
    await dialog.getByRole('button', { name: 'Los he guardado' }).click();
    await page.getByText('Verificación en dos pasos: activada').waitFor();
  });

  it('is asked for at the next sign-in, and nothing opens without it', async () => {
    const page = await challenged();
    expect(await axe(page)).toEqual([]);
    await typeCode(page, wrongCode(secret));
    await page.getByRole('alert').getByText('el código no es correcto').waitFor();
    const bypass = await world.again(page, {});
    await bypass.goto('/customers');
    await bypass.getByRole('heading', { name: 'Inicia sesión' }).waitFor();

    await typeCode(page, totp(secret));
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
  });

  it('takes a backup code, once', async () => {
    const page = await challenged();
    await page.getByRole('button', { name: 'Usar un código de respaldo' }).click();
    await page.getByLabel('Código de respaldo').fill(spare);
    await page.getByRole('button', { name: 'Comprobar' }).click();
    await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();

    const again = await challenged();
    await again.getByRole('button', { name: 'Usar un código de respaldo' }).click();
    await again.getByLabel('Código de respaldo').fill(spare);
    await again.getByRole('button', { name: 'Comprobar' }).click();
    await again.getByRole('alert').getByText('ese código de respaldo no existe o ya se usó').waitFor();
  });
});

async function signIn(): Promise<Page> {
  const page = await world.visitor();
  await page.goto('/sign-in');
  await fillSignIn(page);
  await page.getByRole('heading', { name: 'Inicio', level: 1 }).waitFor();
  return page;
}

/** The password given, the second factor asked for. */
async function challenged(): Promise<Page> {
  const page = await world.visitor();
  await page.goto('/sign-in');
  await fillSignIn(page);
  await page.getByRole('heading', { name: 'Segundo paso' }).waitFor();
  return page;
}

async function fillSignIn(page: Page): Promise<void> {
  await page.getByLabel('Correo electrónico').fill(OWNER.email);
  await page.getByLabel(/^Contraseña/).fill(OWNER.password);
  await page.getByRole('button', { name: 'Entrar' }).click();
}

/** Into the six boxes; the last digit sends it. */
async function typeCode(page: Page, code: string): Promise<void> {
  const first = page.getByLabel('Cifra 1 de 6');
  await until(() => first.inputValue()).toBe('');
  await first.click();
  await page.keyboard.type(code);
}

/** What the app on the telephone shows now: RFC 6238 over RFC 4226, thirty seconds, SHA-1, six digits. */
function totp(secret: string, now = Date.now()): string {
  const bits = [...secret].map((letter) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(now / 30_000)));
  const mac = createHmac('sha1', key).update(counter).digest();
  const place = mac.at(-1)! & 0xf;
  return String((mac.readUInt32BE(place) & 0x7fffffff) % 1_000_000).padStart(6, '0');
}

/** Six digits that are not the code of this minute nor of its neighbours. */
function wrongCode(secret: string): string {
  const right = [-1, 0, 1, 2].map((steps) => totp(secret, Date.now() + steps * 30_000));
  return ['000000', '111111', '222222', '333333', '444444'].find((code) => !right.includes(code))!;
}

/** The name of what has the keyboard, as a screen reader would say it. */
const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const { labels, ariaLabel, textContent } = document.activeElement;
    return (labels?.[0]?.innerText ?? ariaLabel ?? textContent ?? '').replace('*', '').trim();
  })()`);

/** Presses `key` until the keyboard is on the thing with that name. */
async function keyTo(page: Page, key: string, name: string): Promise<void> {
  for (let presses = 0; presses < 40; presses++) {
    if ((await focused(page)).endsWith(name)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} does not reach «${name}»; it ends at «${await focused(page)}».`);
}
