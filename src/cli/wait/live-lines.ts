import { cutTo } from '../output/width.ts';

/** Lines at the bottom of a terminal that are drawn again in place, while other lines scroll past above them. */
export interface LiveLines {
  draw(lines: readonly string[]): void;
  /** Runs `print`, which writes whole lines to the same terminal, above the live lines. */
  above(print: () => void): void;
  /** Takes the lines away. */
  clear(): void;
}

/** Live lines on a terminal; a stream that is none gets nothing. */
export function createLiveLines(stream: NodeJS.WriteStream): LiveLines {
  let drawn: readonly string[] = [];
  /** The same, cut to the terminal. */
  let shown: readonly string[] = [];
  const erase = () => {
    if (shown.length > 0) stream.write(`\x1b[${shown.length}A\x1b[J`);
  };
  const paint = (lines: readonly string[]) => {
    const columns = (stream.columns ?? 80) - 1;
    drawn = lines;
    shown = lines.map((line) => cutTo(line, columns));
    if (shown.length > 0) stream.write(`${shown.join('\n')}\n`);
  };
  if (!stream.isTTY) return { draw() {}, above: (print) => print(), clear() {} };
  return {
    draw(lines) {
      // Drawing what is there already would make it flicker.
      if (lines.join('\n') === drawn.join('\n') && shown.length > 0) return;
      erase();
      paint(lines);
    },
    above(print) {
      const lines = drawn;
      erase();
      shown = [];
      print();
      paint(lines);
    },
    clear() {
      erase();
      shown = drawn = [];
    },
  };
}
