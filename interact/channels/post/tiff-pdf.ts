// A TIFF as a PDF, for browsers show no TIFF. Fax servers and scanners write strips compressed as PDF knows them too (CCITT groups 3
// and 4, LZW, deflate, JPEG): the strips are put into the PDF as they are, and nothing is decoded here.
// Sources: TIFF 6.0; ISO 32000-1, 7.4 (filters) and 8.9 (images).

const MOST_PAGES = 500;
const MOST_STRIPS = 20_000;
/** Dots an inch where the file does not say. */
const USUAL_DPI = 200;
const POINTS = 72;

interface Strip {
  data: Buffer;
  rows: number;
}

interface Page {
  width: number;
  height: number;
  /** Points. */
  paper: [width: number, height: number];
  /** What is said of each strip's image, besides its rows. */
  says: (rows: number) => string;
  strips: Strip[];
}

/** The pages as a PDF; undefined when the file is no TIFF, is damaged, or is written in a way that PDF does not know (tiles, palettes). */
export function pdfOfTiff(tiff: Buffer): Buffer | undefined {
  try {
    const pages = pagesOf(tiff);
    return pages.length > 0 ? writePdf(pages) : undefined;
  } catch (error) {
    // Offsets that lead out of the file.
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Bytes of one value of each type of a field. */
const SIZE: Record<number, number> = { 1: 1, 3: 2, 4: 4, 5: 8, 7: 1 };

class Unknown extends RangeError {}

function pagesOf(tiff: Buffer): Page[] {
  const order = tiff.toString('latin1', 0, 2);
  if (order !== 'II' && order !== 'MM') return [];
  const small = order === 'II';
  const short = (at: number) => (small ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (small ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const pages: Page[] = [];
  const seen = new Set<number>();
  for (let at = long(4); at !== 0 && !seen.has(at) && pages.length < MOST_PAGES; ) {
    seen.add(at);
    const fields = new Map<number, number[]>();
    const count = short(at);
    for (let n = 0; n < count; n++) {
      const entry = at + 2 + n * 12;
      const [tag, type, many] = [short(entry), short(entry + 2), long(entry + 4)];
      const size = SIZE[type];
      if (!size || many > MOST_STRIPS * 2) continue;
      const start = size * many <= 4 ? entry + 8 : long(entry + 8);
      const values = Array.from({ length: many }, (_, k) => {
        const place = start + k * size;
        if (type === 3) return short(place);
        if (type === 4) return long(place);
        return type === 5 ? long(place) / (long(place + 4) || 1) : tiff.readUInt8(place);
      });
      fields.set(tag, values);
    }
    pages.push(pageOf(tiff, fields));
    at = long(at + 2 + count * 12);
  }
  return pages;
}

const TAG = {
  width: 256,
  height: 257,
  bits: 258,
  compression: 259,
  meaning: 262,
  fillOrder: 266,
  offsets: 273,
  samples: 277,
  rowsPerStrip: 278,
  sizes: 279,
  xResolution: 282,
  yResolution: 283,
  planes: 284,
  group3: 292,
  unit: 296,
  predictor: 317,
  tables: 347,
};

function pageOf(tiff: Buffer, fields: Map<number, number[]>): Page {
  const of = (tag: number, otherwise: number) => fields.get(tag)?.[0] ?? otherwise;
  const [width, height] = [of(TAG.width, 0), of(TAG.height, 0)];
  const [bits, samples, meaning] = [of(TAG.bits, 1), of(TAG.samples, 1), of(TAG.meaning, 0)];
  const offsets = fields.get(TAG.offsets) ?? [];
  const sizes = fields.get(TAG.sizes) ?? [];
  if (!width || !height || offsets.length === 0 || offsets.length !== sizes.length || offsets.length > MOST_STRIPS) throw new Unknown();
  if (bits > 8 || (samples !== 1 && samples !== 3) || of(TAG.planes, 1) !== 1) throw new Unknown();

  const compression = of(TAG.compression, 1);
  const filter = filterOf(compression, { width, bits, samples, meaning, group3: of(TAG.group3, 0), predictor: of(TAG.predictor, 1) });
  const ccitt = compression >= 2 && compression <= 4;
  // What is 0 in a plain image is black unless it says that 0 is white; a fax is the other way round.
  const inverted = samples === 1 && (ccitt ? meaning === 1 : meaning === 0);
  const tables = fields.get(TAG.tables);
  const rowsPerStrip = Math.min(of(TAG.rowsPerStrip, height), height);
  const strips = offsets.map((offset, n): Strip => {
    const end = offset + sizes[n]!;
    if (end > tiff.length) throw new Unknown();
    const data = tiff.subarray(offset, end);
    const rows = Math.min(rowsPerStrip, height - n * rowsPerStrip);
    if (ccitt && of(TAG.fillOrder, 1) === 2) return { data: reversed(data), rows };
    return { data: compression === 7 && tables ? withTables(data, Buffer.from(tables)) : data, rows };
  });

  // Centimetres, or inches.
  const perInch = of(TAG.unit, 2) === 3 ? 2.54 : 1;
  const [x, y] = [of(TAG.xResolution, 0) * perInch || USUAL_DPI, of(TAG.yResolution, 0) * perInch || USUAL_DPI];
  return {
    width,
    height,
    paper: [(width / x) * POINTS, (height / y) * POINTS],
    says: (rows) =>
      `/Width ${width} /Height ${rows} /BitsPerComponent ${bits} /ColorSpace /${samples === 3 ? 'DeviceRGB' : 'DeviceGray'}${inverted ? ' /Decode [1 0]' : ''}${filter(rows)}`,
    strips: strips.filter(({ rows }) => rows > 0),
  };
}

interface Written {
  width: number;
  bits: number;
  samples: number;
  meaning: number;
  group3: number;
  predictor: number;
}

function filterOf(compression: number, { width, bits, samples, meaning, group3, predictor }: Written): (rows: number) => string {
  const plain = meaning === 0 || meaning === 1 || meaning === 2;
  const predicted =
    predictor === 2 ? ` /DecodeParms << /Predictor 2 /Colors ${samples} /BitsPerComponent ${bits} /Columns ${width} >>` : '';
  const fax =
    (k: number, more = '') =>
    (rows: number) =>
      ` /Filter /CCITTFaxDecode /DecodeParms << /K ${k} /Columns ${width} /Rows ${rows} /EndOfBlock false${more} >>`;
  if (compression === 7 && (plain || meaning === 6))
    return () => ` /Filter /DCTDecode${meaning === 2 ? ' /DecodeParms << /ColorTransform 0 >>' : ''}`;
  if (!plain) throw new Unknown();
  switch (compression) {
    case 1:
      return () => '';
    case 2:
      return fax(0, ' /EncodedByteAlign true');
    case 3:
      return fax(group3 & 1 ? 1 : 0, ` /EndOfLine true${group3 & 4 ? ' /EncodedByteAlign true' : ''}`);
    case 4:
      return fax(-1);
    case 5:
      return () => ` /Filter /LZWDecode${predicted}`;
    case 8:
    case 32_946:
      return () => ` /Filter /FlateDecode${predicted}`;
    case 32_773:
      return () => ' /Filter /RunLengthDecode';
    default:
      throw new Unknown();
  }
}

/** Fax machines send the lowest bit first. */
function reversed(data: Buffer): Buffer {
  return Buffer.from(data.map((byte) => MIRRORED[byte]!));
}

const MIRRORED = Uint8Array.from({ length: 256 }, (_, byte) => {
  let mirrored = 0;
  for (let bit = 0; bit < 8; bit++) mirrored |= ((byte >> bit) & 1) << (7 - bit);
  return mirrored;
});

/** Tables that all strips share are put into each: between its first mark and the rest. */
function withTables(strip: Buffer, tables: Buffer): Buffer {
  return Buffer.concat([tables.subarray(0, tables.length - 2), strip.subarray(2)]);
}

function writePdf(pages: readonly Page[]): Buffer {
  const pieces: Buffer[] = [Buffer.from('%PDF-1.5\n%\u00e2\u00e3\n', 'latin1')];
  const places: number[] = [];
  let length = pieces[0]!.length;
  const put = (piece: Buffer) => {
    pieces.push(piece);
    length += piece.length;
  };
  const object = (id: number, says: string, stream?: Buffer) => {
    places[id] = length;
    put(Buffer.from(`${id} 0 obj\n${stream ? `<< ${says} /Length ${stream.length} >>\nstream\n` : `<< ${says} >>`}`, 'latin1'));
    if (stream) put(stream);
    put(Buffer.from(`${stream ? '\nendstream' : ''}\nendobj\n`, 'latin1'));
  };
  let next = 3;
  const kids = pages.map((page) => {
    const [self, content] = [next++, next++];
    const images = page.strips.map(({ data, rows }) => {
      const id = next++;
      object(id, `/Type /XObject /Subtype /Image ${page.says(rows)}`, data);
      return { id, rows };
    });
    const [width, height] = page.paper;
    let top = 0;
    const drawn = images.map(({ rows }, n) => {
      const [high, low] = [(rows / page.height) * height, height - ((top + rows) / page.height) * height];
      top += rows;
      return `q ${width.toFixed(3)} 0 0 ${high.toFixed(3)} 0 ${low.toFixed(3)} cm /I${n} Do Q`;
    });
    object(content, '', Buffer.from(drawn.join('\n')));
    const named = images.map(({ id }, n) => `/I${n} ${id} 0 R`).join(' ');
    object(
      self,
      `/Type /Page /Parent 2 0 R /MediaBox [0 0 ${width.toFixed(3)} ${height.toFixed(3)}] /Contents ${content} 0 R /Resources << /XObject << ${named} >> >>`,
    );
    return self;
  });
  object(1, '/Type /Catalog /Pages 2 0 R');
  object(2, `/Type /Pages /Count ${kids.length} /Kids [${kids.map((id) => `${id} 0 R`).join(' ')}]`);
  const table = places.slice(1).map((place) => `${String(place).padStart(10, '0')} 00000 n \n`);
  const start = length;
  put(
    Buffer.from(
      `xref\n0 ${next}\n0000000000 65535 f \n${table.join('')}trailer\n<< /Size ${next} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`,
    ),
  );
  return Buffer.concat(pieces);
}
