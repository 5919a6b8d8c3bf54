package org.uidnet.stats.android;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.uidnet.stats.network.NetworkIdentitySet;

/** Reads one recording: all of it, or none. */
public final class RecordingReader {
  /** "ANET". */
  private static final int MAGIC = 0x414E4554;

  private static final int VERSION = 16;

  /** Phones have some 30, each once with every combination of metered, default and so on. */
  private static final int MAX_SETS = 1000;

  /** What is told apart is remembered as long as the history is; phones have some 1,500. */
  private static final int MAX_KEYS = 20_000;

  private final RecordingName name;
  private final RecordingInput in;
  private final Budget budget;
  private final IdentityReader identities;
  private final HistoryReader histories;
  private final List<RecordedSeries> series = new ArrayList<>();
  private int keys;

  private RecordingReader(RecordingName name, RecordingInput in, Budget budget) {
    this.name = name;
    this.in = in;
    this.budget = budget;
    identities = new IdentityReader(in, budget);
    histories = new HistoryReader(in, budget);
  }

  /**
   * Reads to the end of the stream, which stays open.
   *
   * @throws RecordingException if it is not a whole recording, or is larger than any phone writes
   * @throws IOException if the stream cannot be read
   */
  public static Recording read(RecordingName name, InputStream stream) throws IOException {
    return read(name, new RecordingInput(name.toString(), stream), new Budget());
  }

  static Recording read(RecordingName name, RecordingInput in, Budget budget) throws IOException {
    return new RecordingReader(name, in, budget).read();
  }

  private Recording read() throws IOException {
    readHeader();
    int sets = in.count("number of identity sets", MAX_SETS);
    for (int i = 0; i < sets; i++) {
      readSet();
    }
    String digest = in.digestAtEnd();
    return new Recording(name, digest, series);
  }

  private void readHeader() throws IOException {
    int magic = in.i32("\"ANET\"");
    if (magic != MAGIC) {
      throw in.fault(0, "\"ANET\" (414e4554)", HexFormat.of().toHexDigits(magic));
    }
    int version = in.i32("version of the recording");
    in.require(version == VERSION, Integer.BYTES, "version " + VERSION, version);
  }

  private void readSet() throws IOException {
    NetworkIdentitySet networks = identities.readSet();
    int more = in.count("number of keys", MAX_KEYS - keys);
    keys += more;
    for (int i = 0; i < more; i++) {
      readSeries(networks);
    }
  }

  /** What was never used is checked, but not kept. */
  private void readSeries(NetworkIdentitySet networks) throws IOException {
    RecordedKey key = readKey();
    HistoryReader.History history = histories.read();
    if (!history.buckets().isEmpty()) {
      budget.take(Budget.PER_KEY, in);
      series.add(new RecordedSeries(networks, key, history.bucketMillis(), history.buckets()));
    }
  }

  private RecordedKey readKey() throws IOException {
    return new RecordedKey(readUid(), readSetOfUid(), readTag());
  }

  private int readUid() throws IOException {
    long start = in.offset();
    int uid = in.i32("a UID");
    boolean known =
        name.recorder().isOfInterfaces()
            ? uid == RecordedKey.ALL
            : uid >= 0 || uid == RecordedKey.REMOVED || uid == RecordedKey.TETHERING;
    in.require(known, start, "a UID of recorder " + name.recorder().prefix(), uid);
    return uid;
  }

  private int readSetOfUid() throws IOException {
    long start = in.offset();
    int set = in.i32("a counter set");
    in.require(set >= -1 && set <= 1, start, "a counter set of -1, 0 or 1", set);
    return set;
  }

  private int readTag() throws IOException {
    long start = in.offset();
    int tag = in.i32("a tag");
    boolean tagged = name.recorder() == Recorder.UID_TAG;
    in.require(
        tagged == (tag != 0), start, tagged ? "a tag" : "tag 0 (only uid_tag tells tags)", tag);
    return tag;
  }
}
