package org.uidnet.stats;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.h2.mvstore.DataUtils;
import org.h2.mvstore.MVMap;
import org.h2.mvstore.MVStore;
import org.h2.mvstore.Page;

/**
 * A second file with what H2's store holds now, written while the store is in use.
 *
 * <p>The store is a set of maps, each a tree of pages. A page never changes: whoever writes, makes
 * new ones up to a new root. So a root is a state of its map, and two states have in common what
 * lies at the same place of the file:
 *
 * <pre>
 *   root then    root now
 *     |   \       /   |
 *    leaf  [leaves]   leaf      only those outside the brackets are compared
 * </pre>
 *
 * <p>The maps' types are H2's; it registers them by name in a map that is copied like others.
 */
final class StoreCopy implements AutoCloseable {
  /** Entries between two writes of the new file: a mebibyte or so. */
  private static final int BATCH = 5_000;

  /** MiB; each entry is written once. */
  private static final int CACHE = 2;

  /**
   * Maps that transactions make and remove again; while the writer waits there is nothing in them.
   */
  private static final String UNDO_LOG = "undoLog";

  private final MVStore source;
  private final MVStore target;

  /** Keeps what the roots lead to from being overwritten. */
  private final MVStore.TxCounter kept;

  private final Map<String, Page<Object, Object>> roots;
  private long copied;

  /** While nobody writes: the copy begins with what there is now. */
  StoreCopy(MVStore source, Path file) {
    this.source = source;
    target =
        new MVStore.Builder()
            .fileName(file.toString())
            .autoCommitDisabled()
            .cacheSize(CACHE)
            .open();
    source.commit();
    kept = source.registerVersionUsage();
    roots = roots();
  }

  private Map<String, Page<Object, Object>> roots() {
    Map<String, Page<Object, Object>> now = new LinkedHashMap<>();
    for (String name : source.getMapNames()) {
      if (!name.startsWith(UNDO_LOG)) {
        now.put(name, live(name).getRootPage());
      }
    }
    return now;
  }

  /** As H2 has opened it, with its types: it opens all that it has when it starts. */
  private MVMap<Object, Object> live(String name) {
    String id = source.getMetaMap().get(DataUtils.META_NAME + name);
    return source.getMap(Integer.parseInt(id, 16));
  }

  private MVMap<Object, Object> copyOf(String name, MVMap<Object, Object> live) {
    return target.openMap(
        name, new MVMap.Builder<>().keyType(live.getKeyType()).valueType(live.getValueType()));
  }

  boolean isOf(MVStore store) {
    return source == store;
  }

  /** Of all maps. */
  long entries() {
    return roots.values().stream().mapToLong(Page::getTotalCount).sum();
  }

  /** Beside readers and writers; {@code progress} is told how many entries were copied so far. */
  void copy(LongConsumer progress) {
    roots.forEach((name, root) -> copy(name, root, progress));
    target.commit();
    progress.accept(copied);
  }

  private void copy(String name, Page<Object, Object> root, LongConsumer progress) {
    MVMap<Object, Object> copy = copyOf(name, root.map);
    forEachLeaf(root, Set.of(), leaf -> put(leaf, copy, progress));
  }

  private void put(Page<Object, Object> leaf, MVMap<Object, Object> copy, LongConsumer progress) {
    for (int i = 0; i < leaf.getKeyCount(); i++) {
      copy.put(leaf.getKey(i), leaf.getValue(i));
      if (++copied % BATCH == 0) {
        target.commit();
        progress.accept(copied);
      }
    }
  }

  /** While nobody writes: takes over what changed since the copy began. */
  void catchUp() {
    source.commit();
    Map<String, Page<Object, Object>> now = roots();
    for (String name : roots.keySet()) {
      if (!now.containsKey(name)) {
        target.removeMap(name);
      }
    }
    now.forEach(this::catchUp);
    copySettings();
    target.commit();
  }

  private void catchUp(String name, Page<Object, Object> now) {
    MVMap<Object, Object> copy = copyOf(name, now.map);
    Page<Object, Object> then = roots.get(name);
    if (then == null) {
      forEachLeaf(now, Set.of(), leaf -> put(leaf, copy, any -> {}));
      return;
    }
    forEachLeaf(now, places(then), leaf -> put(leaf, copy, any -> {}));
    forEachLeaf(then, places(now), leaf -> removeGone(leaf, now.map, copy));
  }

  private static void removeGone(
      Page<Object, Object> leaf, MVMap<Object, Object> live, MVMap<Object, Object> copy) {
    for (int i = 0; i < leaf.getKeyCount(); i++) {
      if (!live.containsKey(leaf.getKey(i))) {
        copy.remove(leaf.getKey(i));
      }
    }
  }

  /** Where the pages of a tree lie; inner pages are read for it. */
  private static Set<Long> places(Page<Object, Object> root) {
    Set<Long> places = new HashSet<>();
    addPlaces(root, places);
    return places;
  }

  private static void addPlaces(Page<Object, Object> page, Set<Long> places) {
    if (page.isSaved()) {
      places.add(page.getPos());
    }
    for (int i = 0; !page.isLeaf() && i < page.getRawChildPageCount(); i++) {
      long place = page.getChildPagePos(i);
      if (DataUtils.isPageSaved(place) && DataUtils.isLeafPosition(place)) {
        places.add(place);
      } else {
        addPlaces(page.getChildPage(i), places);
      }
    }
  }

  private static void forEachLeaf(
      Page<Object, Object> page, Set<Long> except, Consumer<Page<Object, Object>> consumer) {
    if (page.isSaved() && except.contains(page.getPos())) {
      return;
    }
    if (page.isLeaf()) {
      consumer.accept(page);
      return;
    }
    for (int i = 0; i < page.getRawChildPageCount(); i++) {
      if (!except.contains(page.getChildPagePos(i))) {
        forEachLeaf(page.getChildPage(i), except, consumer);
      }
    }
  }

  /** What H2 keeps beside maps and of them: versions of the new file begin anew. */
  private void copySettings() {
    MVMap<String, String> from = source.getMetaMap();
    MVMap<String, String> to = target.getMetaMap();
    from.forEach(
        (key, value) -> {
          if (!key.startsWith(DataUtils.META_MAP) && !key.startsWith(DataUtils.META_NAME)) {
            to.put(key, value);
          }
        });
    for (String name : target.getMapNames()) {
      String types = Objects.requireNonNull(from.get(key(from, name)), name);
      to.put(key(to, name), types.replaceFirst(",createVersion:[0-9a-f]+", ""));
    }
  }

  private static String key(MVMap<String, String> meta, String name) {
    return DataUtils.META_MAP + meta.get(DataUtils.META_NAME + name);
  }

  /** Writes the new file to its end; may be repeated. */
  @Override
  public void close() {
    if (!target.isClosed()) {
      target.close();
      release();
    }
  }

  private void release() {
    if (!source.isClosed()) {
      source.deregisterVersionUsage(kept);
    }
  }
}
