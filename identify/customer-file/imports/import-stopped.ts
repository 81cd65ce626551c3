/** Somebody cancelled the import while its job was at it; nothing of it is kept. */
export class ImportStopped extends Error {
  override readonly name = 'AbortError';

  constructor() {
    super('The import was cancelled');
  }
}
