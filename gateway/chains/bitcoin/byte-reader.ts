/** Reads Bitcoin's serialisation from the start to the end. Reading past the end throws RangeError. */
export class ByteReader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get at(): number {
    return this.#at;
  }

  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** The bytes between two positions. */
  between(from: number, to: number): Buffer {
    return this.#bytes.subarray(from, to);
  }

  take(length: number): Buffer {
    const to = this.#at + length;
    if (length < 0 || to > this.#bytes.length) throw new RangeError('the bytes end early');
    const taken = this.#bytes.subarray(this.#at, to);
    this.#at = to;
    return taken;
  }

  peek(): number {
    return this.#bytes[this.#at] ?? -1;
  }

  uint32(): number {
    return this.take(4).readUInt32LE();
  }

  uint64(): bigint {
    return this.take(8).readBigUInt64LE();
  }

  /** Bitcoin's "compact size": 1, 3, 5 or 9 bytes. */
  size(): number {
    const first = this.take(1).readUInt8();
    if (first < 0xfd) return first;
    if (first === 0xfd) return this.take(2).readUInt16LE();
    if (first === 0xfe) return this.uint32();
    return Number(this.uint64());
  }

  /** A hash as people write it: the other way round. */
  hash(): string {
    return Buffer.from(this.take(32)).reverse().toString('hex');
  }

  /** So many bytes as said before them. */
  chunk(): Buffer {
    return this.take(this.size());
  }
}
