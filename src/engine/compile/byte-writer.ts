/**
 * A growing run of bytes. Instructions are written by the ten thousand while a network compiles: straight into one
 * array, without a list for every number.
 */
export class ByteWriter {
  #bytes = new Uint8Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** What has been written so far; a view, to be copied before more is written. */
  get bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  byte(value: number): this {
    if (this.#length === this.#bytes.length) this.#grow();
    this.#bytes[this.#length++] = value;
    return this;
  }

  /** Unsigned LEB128. */
  unsigned(value: number): this {
    let rest = value >>> 0;
    while (rest >= 0x80) {
      this.byte((rest & 0x7f) | 0x80);
      rest >>>= 7;
    }
    return this.byte(rest);
  }

  /** Signed LEB128 of a 32-bit integer. */
  signed(value: number): this {
    let rest = value | 0;
    for (;;) {
      const low = rest & 0x7f;
      rest >>= 7;
      if ((rest === 0 && (low & 0x40) === 0) || (rest === -1 && (low & 0x40) !== 0)) return this.byte(low);
      this.byte(low | 0x80);
    }
  }

  /** A 32-bit pattern, little-endian. */
  word(bits: number): this {
    return this.byte(bits & 255)
      .byte((bits >>> 8) & 255)
      .byte((bits >>> 16) & 255)
      .byte(bits >>> 24);
  }

  /** A 32-bit float, little-endian. */
  float32(value: number): this {
    floatView[0] = value;
    return this.word(bitsView[0]!);
  }

  #grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
  }
}

const floatView = new Float32Array(1);
const bitsView = new Uint32Array(floatView.buffer);
