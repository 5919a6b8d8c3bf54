package org.uidnet.netd.dbus;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.uidnet.api.model.Json;

/**
 * What services said last, in a file, so that the next daemon does not take it for news: somebody
 * may have set it otherwise since. Lost, all is said again. For one thread.
 */
final class LastWords {
  private static final Logger LOG = LoggerFactory.getLogger(LastWords.class);
  private static final TypeReference<Map<HostService, Facts>> TYPE = new TypeReference<>() {};

  private final Path file;
  private final Map<HostService, Facts> said = new EnumMap<>(HostService.class);

  private LastWords(Path file) {
    this.file = file;
  }

  static LastWords in(Path file) {
    LastWords words = new LastWords(file);
    words.read();
    return words;
  }

  private void read() {
    try {
      said.putAll(Json.LENIENT.readValue(Files.readAllBytes(file), TYPE));
    } catch (NoSuchFileException e) {
      // nothing has been said yet
    } catch (IOException e) {
      LOG.warn("{} cannot be read, so what is in it is said again: {}", file, e.getMessage());
    }
  }

  Facts of(HostService service) {
    return said.getOrDefault(service, Facts.NONE);
  }

  void put(HostService service, Facts facts) {
    said.put(service, facts);
    try {
      Path fresh = file.resolveSibling(file.getFileName() + ".new");
      Files.write(fresh, Json.LENIENT.writeValueAsBytes(said));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      LOG.warn("{} cannot be written: the next start says again what is known", file, e);
    }
  }
}
