package org.uidnet.netd.names;

import java.nio.file.Path;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.uidnet.programs.UidNames;

/**
 * Names of UIDs from the files of this host: users, systemd's dynamic users, Android packages, and
 * UIDs lent to containers, in this order. Names are untrusted text and are handed out as they are.
 *
 * <p>Thread-safe. A changed file is seen at the next question.
 */
public final class HostUidNames implements UidNames {
  private final NameFile<PasswdFile> passwd;
  private final NameFile<GroupFile> groups;
  private final NameFile<SubUidFile> subUids;
  private final Optional<NameFile<PackagesFile>> packages;
  private final DynamicUsers dynamicUsers;

  /**
   * Where the names are.
   *
   * @param packages Android's {@code packages.list}, where there is one
   */
  public record Files(
      Path passwd, Path groups, Path subUids, Path dynamicUsers, Optional<Path> packages) {
    /** The usual places. */
    public static Files ofHost() {
      return new Files(
          Path.of("/etc/passwd"),
          Path.of("/etc/group"),
          Path.of("/etc/subuid"),
          Path.of("/run/systemd/dynamic-uid"),
          Optional.empty());
    }

    public Files withPackages(Path file) {
      return new Files(passwd, groups, subUids, dynamicUsers, Optional.of(file));
    }
  }

  public HostUidNames(Files files) {
    passwd = new NameFile<>(files.passwd(), PasswdFile::parse);
    groups = new NameFile<>(files.groups(), GroupFile::parse);
    subUids = new NameFile<>(files.subUids(), SubUidFile::parse);
    packages = files.packages().map(file -> new NameFile<>(file, PackagesFile::parse));
    dynamicUsers = new DynamicUsers(files.dynamicUsers());
  }

  @Override
  public Optional<String> name(long uid) {
    return userName(uid)
        .or(() -> dynamicUsers.name(uid))
        .or(() -> packages.flatMap(file -> file.value().name(uid)))
        .or(() -> subUids.value().name(uid, this::ownerName));
  }

  /** The UID of a user name, or of a text of digits; packages and containers have no names here. */
  public Optional<Long> uid(String name) {
    return Uids.parse(name)
        .or(() -> Optional.ofNullable(passwd.value().uids().get(name)))
        .or(() -> dynamicUsers.uid(name));
  }

  /** UIDs of the members of a group, by its name; empty: there is none, or it has no members. */
  public NavigableSet<Long> members(String group) {
    NavigableSet<Long> uids = new TreeSet<>();
    Optional.ofNullable(groups.value().groups().get(group))
        .ifPresent(
            found -> {
              uids.addAll(passwd.value().uidsByGid().getOrDefault(found.gid(), Set.of()));
              found.members().forEach(name -> uid(name).ifPresent(uids::add));
            });
    return uids;
  }

  private Optional<String> userName(long uid) {
    return Optional.ofNullable(passwd.value().names().get(uid));
  }

  private String ownerName(String owner) {
    return Uids.parse(owner).flatMap(this::userName).orElse(owner);
  }
}
