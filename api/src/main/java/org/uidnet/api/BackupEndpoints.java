package org.uidnet.api;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.uidnet.firewall.Firewall;
import org.uidnet.stats.Usage;

/** Both databases in one file, while the daemon goes on. */
final class BackupEndpoints {
  private final Usage usage;
  private final Firewall firewall;

  BackupEndpoints(Services services) {
    usage = services.usage();
    firewall = services.firewall();
  }

  Answer backup(Call call) {
    call.body().requireNoFields();
    return new DownloadAnswer(call.caller(), "application/zip", "uidnet-backup.zip", this::writeTo);
  }

  /** The names are those in the state directory: whoever unpacks it there has restored it. */
  private void writeTo(OutputStream out) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out);
    zip.putNextEntry(new ZipEntry("policy.mv.db"));
    firewall.backup(zip);
    zip.putNextEntry(new ZipEntry("history.mv.db"));
    usage.backup(zip);
    zip.finish();
  }
}
