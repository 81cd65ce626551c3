// One line that rewrites itself on a terminal; on anything else, a line each time the phase changes.

const WIDTH = 24;

export interface ProgressLine {
  show(label: string, done: number, total: number | null, note?: string): void;
  /** Leaves `text` in place of the line. */
  end(text: string): void;
}

/** 12.4 k and the like are for charts; a person waiting wants the figure with its thousands. */
export function progressLine(locale: string, out: NodeJS.WriteStream = process.stdout): ProgressLine {
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  let lastLabel = '';
  return {
    show(label, done, total, note = '') {
      if (!out.isTTY) {
        if (label !== lastLabel) out.write(`  ${label}\n`);
        lastLabel = label;
        return;
      }
      const share = total ? Math.min(done / total, 1) : 0;
      const bar = total
        ? `${'█'.repeat(Math.round(share * WIDTH)).padEnd(WIDTH, '░')} ${String(Math.round(share * 100)).padStart(3)} %`
        : '';
      const counted = total ? `${number.format(done)}/${number.format(total)}` : done > 0 ? number.format(done) : '';
      const line = `  ${label.padEnd(34)} ${bar} ${counted} ${note}`;
      out.write(`\r\x1b[2K${line.slice(0, (out.columns ?? 120) - 1)}`);
    },
    end(text) {
      out.write(out.isTTY ? `\r\x1b[2K${text}\n` : `${text}\n`);
      lastLabel = '';
    },
  };
}
