package org.uidnet.stats.android;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.uidnet.stats.network.NetworkIdentity;
import org.uidnet.stats.network.NetworkIdentitySet;
import org.uidnet.stats.network.NetworkType;

/** Reads identity sets of all versions; what an old one lacks gets the value that Android gives. */
final class IdentityReader {
  private static final int NEWEST = 7;

  /** A tunnel over several networks has two or three. */
  private static final int MAX_IDENTITIES = 32;

  private final RecordingInput in;
  private final Budget budget;

  IdentityReader(RecordingInput in, Budget budget) {
    this.in = in;
    this.budget = budget;
  }

  NetworkIdentitySet readSet() throws IOException {
    long start = in.offset();
    int version = in.i32("version of an identity set");
    in.require(
        version >= 1 && version <= NEWEST, start, "identity set version 1 to " + NEWEST, version);
    int size = in.count("number of identities", MAX_IDENTITIES);
    Set<NetworkIdentity> identities = new HashSet<>();
    for (int i = 0; i < size; i++) {
      identities.add(read(version));
    }
    return new NetworkIdentitySet(identities);
  }

  private NetworkIdentity read(int version) throws IOException {
    if (version == 1) {
      in.i32("unused number of an identity");
    }
    NetworkType type = new NetworkType(in.i32("network type"));
    int radio = in.i32("radio type");
    Optional<String> subscriber = text("subscriber");
    Optional<String> networkKey = version >= 3 ? text("network key") : Optional.empty();
    boolean roaming = version >= 2 && in.bool("roaming");
    boolean metered = version >= 4 ? in.bool("metered") : type.equals(NetworkType.MOBILE);
    boolean defaultNetwork = version < 5 || in.bool("default network");
    int oem = version >= 6 ? in.i32("OEM bits") : 0;
    int subscription = version >= 7 ? in.i32("subscription") : NetworkIdentity.NO_SUBSCRIPTION;
    take(Budget.PER_IDENTITY);
    return new NetworkIdentity(
        type, radio, subscriber, networkKey, roaming, metered, defaultNetwork, oem, subscription);
  }

  private Optional<String> text(String what) throws IOException {
    if (!in.bool("presence of " + what)) {
      return Optional.empty();
    }
    String text = in.text(what);
    take(2L * text.length());
    return Optional.of(text);
  }

  private void take(long bytes) {
    budget.take(bytes, in);
  }
}
