package org.uidnet.simulator.machine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the kernel's verifier would not have let through is refused, or faults where it happens. */
class FaultTest {
  private final Memory memory = new Memory();
  private final Region values = memory.add("values", Region.Spec.memory(16, 3));
  private final Region constants = memory.add("constants", Region.Spec.memory(16, 1).readOnly());
  private final Processor processor = new Processor(memory, 0);
  private final Loader loader =
      new Loader(
          List.of(new Helper(5, "ktime_get_ns", (cpu, a, b, c, d, e) -> 1)),
          map ->
              (map.map().equals("values") ? values : constants).address(0)
                  + map.valueOffset().orElse(0));

  private static Assembler program() {
    return new Assembler("test");
  }

  private long run(Assembler program) {
    return processor.run(loader.load(program.spec()), 0);
  }

  private void assertFault(Assembler program, String... parts) {
    assertThatThrownBy(() -> run(program)).isInstanceOf(Fault.class).hasMessageContainingAll(parts);
  }

  private void assertRefused(Assembler program, String message) {
    assertThatThrownBy(() -> loader.load(program.spec()))
        .isInstanceOf(RefusedException.class)
        .hasMessage("cannot load test: " + message);
  }

  @Test
  void read_behindAnElement_namesPlaceAndRegisters() {
    assertThatThrownBy(() -> run(program().set(3, 7).value(6, "values", 0).load64(0, 6, 16).exit()))
        .isInstanceOf(Fault.class)
        .hasMessage(
            "test, instruction 3: r0 = *(u64 *)(r6 +16): it reads 8 bytes at values[0]+16; an element"
                + " has 16 bytes, and there are 3\n"
                + "r0 = 0xbad0bad0bad0bad0, r1 = 0x0, r2 = 0xbad0bad0bad0bad0, r3 = 0x7,"
                + " r4 = 0xbad0bad0bad0bad0, r5 = 0xbad0bad0bad0bad0, r6 = values[0]+0,"
                + " r7 = 0xbad0bad0bad0bad0, r8 = 0xbad0bad0bad0bad0, r9 = 0xbad0bad0bad0bad0,"
                + " r10 = stack of CPU 0[0]+512");
  }

  /** Elements are neighbours in memory, but not in address. */
  @ParameterizedTest
  @CsvSource({"9", "15", "16", "24", "-1", "-8", "4096", "32767", "-32768"})
  void read_outsideAnElement_faults(int offset) {
    assertFault(
        program().value(6, "values", 0).load64(0, 6, offset).exit(),
        "instruction 2: r0 =",
        "reads 8 bytes at values[");
  }

  @ParameterizedTest
  @CsvSource({"0", "1", "8"})
  void read_insideAnElement_succeeds(int offset) {
    assertThat(run(program().value(6, "values", 0).load64(0, 6, offset).exit())).isZero();
  }

  @ParameterizedTest
  @CsvSource({"0", "-4", "-520", "8"})
  void read_outsideTheFrame_faults(int offset) {
    assertFault(program().load64(0, 10, offset).exit(), "instruction 0: r0 =", "stack of CPU 0");
  }

  @Test
  void read_ofNull_faults() {
    assertFault(program().set(6, 0).load64(0, 6, 8).exit(), "it follows 0x8, which is no address");
  }

  @Test
  void read_ofANumber_faults() {
    assertFault(program().set(6, -1).load64(0, 6, 8).exit(), "it follows 0x7, which is no address");
  }

  @Test
  void read_ofARegisterThatWasNeverSet_faults() {
    assertFault(program().load64(0, 7, 0).exit(), "it follows 0xbad0bad0bad0bad0");
  }

  @Test
  void read_ofARegisterThatACallHasUsed_faults() {
    assertFault(
        program().value(2, "values", 0).call(5).load64(0, 2, 0).exit(),
        "instruction 3: r0 = *(u64 *)(r2 +0): it follows 0xbad0bad0bad0bad0");
  }

  @Test
  void write_ofConstants_faults() {
    assertFault(
        program().value(6, "constants", 8).store64(6, 0, 10).exit(),
        "it writes to constants[0]+8, which is read-only");
  }

  @Test
  void write_behindAnElement_faultsAndChangesNothing() {
    assertFault(
        program().value(6, "values", 12).store64(6, 0, 10).exit(),
        "it writes 8 bytes at values[0]+12");
    assertThat(values.memory().getLong(8)).isZero();
    assertThat(values.memory().getLong(16)).isZero();
  }

  @Test
  void atomic_misaligned_faults() {
    assertFault(
        program().value(6, "values", 4).insn(0xdb, 6, 10, 0, 0).exit(),
        "lock *(u64 *)(r6 +0) ADD r10: it changes 8 misaligned bytes");
  }

  @Test
  void loop_withoutEnd_faults() {
    assertFault(
        program().set(0, 0).add(0, 1).jump(-2).exit(),
        "test, instruction",
        "it has executed 1000000 instructions without an end");
  }

  @Test
  void functions_nestedTooDeep_fault() {
    Assembler program = program().insn(0x85, 0, 1, 0, 1).exit().insn(0x85, 0, 1, 0, -1).exit();
    assertFault(program, "instruction 2: call -1: it more than 8 functions are nested");
  }

  @Test
  void helper_unknown_isRefused() {
    assertRefused(
        program().set(0, 0).call(9999).exit(),
        "instruction 1 (call 9999): helper 9999 is unknown here");
  }

  @Test
  void opcode_unknown_isRefused() {
    assertRefused(
        program().insn(0xe7, 0, 0, 0, 0).exit(),
        "instruction 0 (0x00000000000000e7): it is unknown");
  }

  @Test
  void jump_outOfTheProgram_isRefused() {
    assertRefused(
        program().set(0, 0).jump(5).exit(),
        "instruction 1 (goto +5): it leads out of its function, or into the middle of an instruction");
  }

  @Test
  void jump_intoA64BitLoad_isRefused() {
    assertRefused(
        program().jump(1).map(1, "values").exit(),
        "instruction 0 (goto +1): it leads out of its function, or into the middle of an instruction");
  }

  @Test
  void program_withoutExit_isRefused() {
    assertRefused(
        program().set(0, 0), "instruction 0 (r0 = 0): its function goes on behind its end");
  }

  @Test
  void framePointer_changed_isRefused() {
    assertRefused(program().add(10, 8).exit(), "instruction 0 (r10 += 8): r10 cannot be changed");
  }

  @ParameterizedTest
  @CsvSource({"0x37", "0x97", "0x34", "0x94"})
  void division_byConstantZero_isRefused(String opcode) {
    assertThatThrownBy(
            () ->
                loader.load(
                    program().set(1, 3).insn(Integer.decode(opcode), 1, 0, 0, 0).exit().spec()))
        .hasMessageContaining("it divides by zero");
  }

  @ParameterizedTest
  @CsvSource({"0x67,64", "0x64,32", "0xc7,-1", "0x77,200"})
  void shift_byTooManyBits_isRefused(String opcode, int bits) {
    assertThatThrownBy(
            () ->
                loader.load(
                    program().set(1, 3).insn(Integer.decode(opcode), 1, 0, 0, bits).exit().spec()))
        .hasMessageContaining("it shifts by too many bits");
  }

  @Test
  void atomic_unknownOperation_isRefused() {
    assertThatThrownBy(() -> loader.load(program().insn(0xdb, 10, 1, -8, 0x70).exit().spec()))
        .hasMessageContaining("there is no such atomic operation");
  }

  @Test
  void run_inSteps_givesWhatOneRunGives() {
    Program program =
        loader.load(
            program().set(0, 1).add(0, 2).insn(0x85, 0, 1, 0, 1).exit().add(0, 4).exit().spec());
    processor.start(program, 0);
    int steps = 1;
    while (!processor.step(1)) {
      steps++;
    }
    // The function gets none of r0: what a call leaves there is its own.
    assertThat(steps).isEqualTo(6);
    assertThat(processor.finish()).isEqualTo(7);
  }
}
