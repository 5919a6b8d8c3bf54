package org.uidnet.programs.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What a target of the fuzzer stands in every build: the inputs of its corpus, and some that are
 * near to them, the same each time. {@code docs/fuzz} runs the same target for as long as one
 * likes, and led by coverage.
 *
 * <p>A target is the method {@code fuzzerTestOneInput} of a subclass, as Jazzer calls it. Its
 * corpus is the folder {@code fuzz/TARGET} beside the class.
 */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
public abstract class FuzzContract {
  private static final long SEED = 20_261_128;

  private final String target;
  private final int mutants;
  private final Target check;

  /** Fails if an input does not give what the target promises. */
  @FunctionalInterface
  public interface Target {
    void check(byte[] input) throws IOException;
  }

  /**
   * @param target its name, and that of its corpus
   * @param mutants how many inputs are tried besides the corpus; all targets together take some
   *     seconds
   */
  protected FuzzContract(String target, int mutants, Target check) {
    this.target = target;
    this.mutants = mutants;
    this.check = check;
  }

  @Test
  void everyInputOfTheCorpus_givesWhatIsPromised() throws Exception {
    for (Path file : corpus()) {
      check(Files.readAllBytes(file), file.toString());
    }
  }

  @Test
  void inputsNearToTheCorpus_giveWhatIsPromised() throws Exception {
    List<byte[]> corpus = contents();
    Mutations mutations = new Mutations(new Random(SEED), corpus);
    for (int i = 0; i < mutants; i++) {
      check(mutations.next(), "input " + i + " of seed " + SEED);
    }
  }

  private void check(byte[] input, String what) throws IOException {
    try {
      check.check(input);
    } catch (Throwable e) {
      throw new AssertionError(what + " broke '" + target + "'; it is now " + keep(input), e);
    }
  }

  /** Where docs/fuzz leaves what it finds, too. */
  private Path keep(byte[] input) throws IOException {
    Path directory = Files.createDirectories(Path.of("target", "fuzz", target));
    return Files.write(Files.createTempFile(directory, "crash-", ""), input).toAbsolutePath();
  }

  private List<byte[]> contents() throws IOException, URISyntaxException {
    List<byte[]> contents = new ArrayList<>();
    for (Path file : corpus()) {
      contents.add(Files.readAllBytes(file));
    }
    return contents;
  }

  private List<Path> corpus() throws IOException, URISyntaxException {
    URL folder = Objects.requireNonNull(getClass().getResource("fuzz/" + target), target);
    URI uri = folder.toURI();
    try (Stream<Path> files = Files.list(Path.of(uri))) {
      List<Path> corpus = files.sorted().toList();
      assertThat(corpus).as("corpus of " + target).isNotEmpty();
      return corpus;
    }
  }
}
