const LONGEST = 40;

/** The short name typed on the command line, made of what people call the source: «Tienda web (2024)» → `tienda-web-2024`. Unlike any of `taken`. */
export function sourceName(label: string, taken: readonly string[] = []): string {
  const base =
    label
      .normalize('NFD')
      .replace(/\p{M}/gu, '')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .slice(0, LONGEST - 4)
      .replace(/^-+|-+$/g, '') || 'fuente';
  const used = new Set(taken);
  let name = base;
  for (let number = 2; used.has(name); number++) name = `${base}-${number}`;
  return name;
}
