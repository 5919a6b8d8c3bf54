package org.uidnet.netd.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.uidnet.netd.sys.Bpf;
import org.uidnet.netd.sys.Fd;
import org.uidnet.netd.sys.MappedMemory;
import org.uidnet.netd.testing.KernelTest;
import org.uidnet.programs.object.ProgramSpec;
import org.uidnet.simulator.machine.Loader;
import org.uidnet.simulator.machine.Memory;
import org.uidnet.simulator.machine.Processor;
import org.uidnet.simulator.machine.Program;
import org.uidnet.simulator.machine.Region;

/**
 * Random programs leave the same registers, frame, memory and return value in the machine as in the
 * kernel, whose verifier has accepted and whose compiler has translated them. One that does not is
 * shrunk while it still differs, and printed.
 */
@KernelTest
@Timeout(120)
class InstructionDifferenceTest {
  private static final int PROGRAMS = 20_000;
  private static final int INPUTS = 4;

  @Test
  void machine_randomPrograms_leavesWhatTheKernelLeaves() {
    Seed.announce("InstructionDifferenceTest");
    try (Both both = new Both()) {
      int programs = Seed.scaled(PROGRAMS);
      for (int i = 0; i < programs; i++) {
        SplittableRandom random = Seed.of("instructions", i);
        RandomProgram program = new ProgramMaker(random).program();
        List<byte[]> inputs = inputs(random);
        if (both.difference(program, inputs).isPresent()) {
          fail("program " + i + " differs:\n" + describe(both, program, inputs));
        }
      }
      assertThat(both.runs).isEqualTo((long) programs * INPUTS);
      System.out.printf("%d programs, %d instructions%n", programs, both.instructions());
    }
  }

  private static List<byte[]> inputs(SplittableRandom random) {
    return random.longs(INPUTS).mapToObj(SplittableRandom::new).map(each -> input(each)).toList();
  }

  private static byte[] input(SplittableRandom random) {
    ByteBuffer value = buffer(new byte[RandomProgram.VALUE_SIZE]);
    while (value.hasRemaining()) {
      value.putLong(Numbers.wide(random));
    }
    return value.array();
  }

  /** The smallest program that still differs, and how. */
  private static String describe(Both both, RandomProgram program, List<byte[]> inputs) {
    RandomProgram smallest = program;
    Optional<RandomProgram> smaller = Optional.of(program);
    while (smaller.isPresent()) {
      smallest = smaller.get();
      smaller =
          smallest.smaller().stream()
              .filter(each -> both.difference(each, inputs).isPresent())
              .findFirst();
    }
    return smallest + "\n" + both.difference(smallest, inputs).orElseThrow();
  }

  private static ByteBuffer buffer(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** What a run leaves. */
  private record Outcome(int result, byte[] value) {
    String differenceTo(Outcome other) {
      StringBuilder text = new StringBuilder();
      if (result != other.result) {
        text.append("returned %08x, machine %08x%n".formatted(result, other.result));
      }
      for (int at = 0; at < value.length; at += Long.BYTES) {
        long mine = buffer(value).getLong(at);
        long others = buffer(other.value).getLong(at);
        if (mine != others) {
          text.append("%s: kernel %016x, machine %016x%n".formatted(name(at), mine, others));
        }
      }
      return text.toString();
    }

    private static String name(int at) {
      return at >= RandomProgram.REGISTERS && at < RandomProgram.FRAME
          ? "r" + (at - RandomProgram.REGISTERS) / Long.BYTES
          : "value+" + at;
    }
  }

  /** The map of the programs and what runs them, once in the kernel and once in the machine. */
  private static final class Both implements AutoCloseable {
    private static final int ARRAY = 2;
    private static final int MMAPABLE = 1 << 10;
    private static final Packet PACKET = new Packet(true, 0, 0x0800, 0, 0, 0, new byte[20]);

    private final Fd map =
        Bpf.createMap(
            new Bpf.NewMap(
                RandomProgram.MAP, ARRAY, Integer.BYTES, RandomProgram.VALUE_SIZE, 1, MMAPABLE));
    private final MappedMemory mapped = MappedMemory.ofMap(map, RandomProgram.VALUE_SIZE);
    private final ByteBuffer kernelValue = mapped.view();
    private final TestRun testRun = new TestRun();

    private final Memory memory = new Memory();
    private final Region value =
        memory.add(RandomProgram.MAP, Region.Spec.memory(RandomProgram.VALUE_SIZE, 1));
    private final Processor processor = new Processor(memory, 0);
    private final Loader loader =
        new Loader(
            List.of(), reference -> value.address(0) + reference.valueOffset().orElseThrow());
    private long runs;

    Both() {
      testRun.packet(PACKET);
    }

    /** How the two differ on the first of the inputs on which they do. */
    Optional<String> difference(RandomProgram program, List<byte[]> inputs) {
      ProgramSpec spec = program.spec();
      try (Fd loaded = load(program, spec)) {
        Program decoded = loader.load(spec);
        for (byte[] input : inputs) {
          runs++;
          String difference = kernel(loaded, input).differenceTo(machine(decoded, input));
          if (!difference.isEmpty()) {
            return Optional.of(difference + "of " + HexFormat.of().formatHex(input));
          }
        }
        return Optional.empty();
      }
    }

    private Fd load(RandomProgram program, ProgramSpec spec) {
      try {
        return Bpf.load(
            new Bpf.NewProgram(spec.name(), spec.type(), spec.attachType(), "Apache-2.0"),
            spec.link(name -> map.number()));
      } catch (RuntimeException e) {
        throw new AssertionError("the kernel refuses\n" + program, e);
      }
    }

    private Outcome kernel(Fd loaded, byte[] input) {
      kernelValue.put(0, input);
      int result = testRun.run(loaded);
      return new Outcome(result, copy(kernelValue));
    }

    private Outcome machine(Program decoded, byte[] input) {
      value.memory().put(0, input);
      long result = processor.run(decoded, 0);
      return new Outcome((int) result, copy(value.memory()));
    }

    private static byte[] copy(ByteBuffer from) {
      byte[] copy = new byte[RandomProgram.VALUE_SIZE];
      from.get(0, copy);
      return copy;
    }

    long instructions() {
      return processor.instructions();
    }

    @Override
    public void close() {
      testRun.close();
      mapped.close();
      map.close();
    }
  }
}
