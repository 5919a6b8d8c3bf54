package org.uidnet.programs;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.uidnet.programs.layout.Codec;

/** A raw map with typed keys and values. */
record MapView<K, V>(MapAccess maps, String name, Codec<K> keys, Codec<V> values)
    implements TypedMap<K, V> {
  @Override
  public Map<K, V> entries() {
    Map<K, V> entries = new LinkedHashMap<>();
    call("read map " + name, () -> maps.entries(name))
        .forEach(
            (key, value) -> entries.put(keys.value(key.toArray()), values.value(value.toArray())));
    return entries;
  }

  @Override
  public void put(K key, V value) {
    call(
        "put %s = %s into map %s".formatted(key, value, name),
        () -> {
          maps.put(name, keys.bytes(key), values.bytes(value));
          return true;
        });
  }

  @Override
  public boolean remove(K key) {
    return call(
        "take %s out of map %s".formatted(key, name), () -> maps.delete(name, keys.bytes(key)));
  }

  private static <T> T call(String tried, Supplier<T> call) {
    try {
      return call.get();
    } catch (DatapathException e) {
      throw new DatapathException("cannot " + tried + ": " + e.getMessage(), e);
    }
  }
}
