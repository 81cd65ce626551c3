const forms = new Set(
  `sa sl slu sau sll sas srl ltda lda limitada eirl spa cooperativa coop ltd limited inc incorporated corp corporation llc llp lp plc gmbh ag kg bv nv sarl eurl sasu pty oy ab as aps srls
  company co cia compania societe gesellschaft holding holdings group grupo foundation fundacion fundacao association asociacion associacao asbl ngo
  hotel restaurant restaurante bar cafe clinica clinic hospital school colegio escuela university universidad instituto institute bank banco ayuntamiento ministerio
  transportes construcciones construcoes comercial comercio industrias industries servicios services solutions soluciones consulting consultores technologies tecnologia
  logistics logistica padaria panaderia farmacia pharmacy supermercado market store shop tienda talleres auto motors inmobiliaria properties enterprises international
  systems sistemas software media studio estudio editorial agencia agency partners asociados associates capital ventures trading imports exports distribuciones`
    .split(/\s+/)
    .filter((word) => word !== ''),
);

/** Whether a name is a company's by its words: a legal form at the end, a trade, an ampersand. */
export function companyMark(name: string): boolean {
  if (/[&@]|\b(s\.\s?[al]\.?(\s?u\.?)?|c\.?b\.|s\.?r\.?l\.?|l\.?l\.?c\.?|g\.?m\.?b\.?h\.?)(\s|$|,)/.test(name)) return true;
  const words = name
    .replace(/[.,()'"]/g, ' ')
    .split(/\s+/)
    .filter((word) => word !== '');
  // Two letters can be a surname (sa, co, as); as a legal form they stand last.
  return words.some((word, k) => forms.has(word) && (word.length > 3 || (k > 0 && k === words.length - 1)));
}
