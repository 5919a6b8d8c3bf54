package org.uidnet.programs.fuzz;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Inputs that are near to those of a corpus: one to four steps away from one of them. */
final class Mutations {
  private static final int MOST_STEPS = 4;
  private static final int MOST_INSERTED = 16;

  /** At the ends of what numbers, lengths and texts may be. */
  private static final byte[] EDGES = {0, 1, -1, 127, -128, '"', '\'', '\n', ' ', ',', ':', '-'};

  private final Random random;
  private final List<byte[]> corpus;

  Mutations(Random random, List<byte[]> corpus) {
    this.random = random;
    this.corpus = corpus;
  }

  byte[] next() {
    byte[] input = any();
    for (int steps = 1 + random.nextInt(MOST_STEPS); steps > 0; steps--) {
      input = input.length == 0 ? any() : mutated(input);
    }
    return input;
  }

  private byte[] any() {
    return corpus.get(random.nextInt(corpus.size())).clone();
  }

  private byte[] mutated(byte[] input) {
    int at = random.nextInt(input.length);
    return switch (random.nextInt(7)) {
      case 0 -> with(input, at, (byte) (input[at] ^ 1 << random.nextInt(8)));
      case 1 -> with(input, at, (byte) random.nextInt(256));
      case 2 -> with(input, at, EDGES[random.nextInt(EDGES.length)]);
      case 3 -> joined(input, at, noise(), at);
      case 4 -> joined(input, at, new byte[0], at + random.nextInt(input.length - at + 1));
      case 5 -> joined(input, at, part(any()), at);
      default -> joined(input, at, part(any()), input.length);
    };
  }

  private static byte[] with(byte[] input, int at, byte value) {
    input[at] = value;
    return input;
  }

  private byte[] noise() {
    byte[] noise = new byte[1 + random.nextInt(MOST_INSERTED)];
    random.nextBytes(noise);
    return noise;
  }

  /** From any place of it to the end or before. */
  private byte[] part(byte[] of) {
    int from = random.nextInt(of.length + 1);
    int length = random.nextInt(of.length - from + 1);
    return Arrays.copyOfRange(of, from, from + length);
  }

  /** What is before a place, a middle, and what is after another place. */
  private static byte[] joined(byte[] input, int before, byte[] middle, int after) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(input, 0, before);
    all.writeBytes(middle);
    all.write(input, after, input.length - after);
    return all.toByteArray();
  }
}
