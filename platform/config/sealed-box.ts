import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

export interface SealedBox {
  /** 12 bytes nonce, 16 bytes tag, text. */
  seal(text: string): Buffer;
  /** @throws Error when it was sealed with another secret, for another purpose, or changed since. */
  open(sealed: Buffer): string;
}

/**
 * Keeps text that must be read again but not lie open in the database: AES-256-GCM under a key derived from the installation's
 * secret (HKDF-SHA256, RFC 5869).
 *
 * @param purpose what is kept, so that what was sealed for one thing does not open as another: `idempotency`, `connection`.
 */
export function sealedBox(secret: string, purpose: string): SealedBox {
  const key = Buffer.from(hkdfSync('sha256', secret, '', `vinculo ${purpose}`, 32));
  return {
    seal(text) {
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed) {
      const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAuthTag(sealed.subarray(12, 28));
      return decipher.update(sealed.subarray(28), undefined, 'utf8') + decipher.final('utf8');
    },
  };
}
