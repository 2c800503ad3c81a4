import { expect, test } from "vitest";
import { ByteWriter } from "../../src/engine/compile/byte-writer.ts";

const written = (write: (writer: ByteWriter) => void) => {
  const writer = new ByteWriter();
  write(writer);
  return [...writer.bytes];
};

// The examples of the DWARF standard (version 4, appendix C), where LEB128 comes from.
test.each([
  [2, [2]],
  [127, [127]],
  [128, [0x80, 1]],
  [129, [0x81, 1]],
  [12857, [0xb9, 0x64]],
  [0xffffffff, [0xff, 0xff, 0xff, 0xff, 0x0f]],
])("unsigned %d", (value, bytes) => {
  expect(written((writer) => writer.unsigned(value))).toEqual(bytes);
});

test.each([
  [2, [2]],
  [-2, [0x7e]],
  [127, [0xff, 0]],
  [-127, [0x81, 0x7f]],
  [128, [0x80, 1]],
  [-128, [0x80, 0x7f]],
  [-129, [0xff, 0x7e]],
])("signed %d", (value, bytes) => {
  expect(written((writer) => writer.signed(value))).toEqual(bytes);
});

test("floats and words are little-endian; the writer grows", () => {
  expect(written((writer) => writer.float32(1))).toEqual([0, 0, 0x80, 0x3f]);
  expect(written((writer) => writer.word(0x01020384))).toEqual([0x84, 3, 2, 1]);
  const long = written((writer) => {
    for (let i = 0; i < 5000; i++) writer.byte(i & 255);
  });
  expect(long).toEqual(Array.from({ length: 5000 }, (_, i) => i & 255));
});
