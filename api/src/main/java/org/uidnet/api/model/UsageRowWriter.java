package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.util.Optional;
import org.uidnet.programs.Traffic;

/**
 * Writes rows as their record says. An answer has thousands of them, most of whose components are
 * absent; having Jackson look into each was half of the time of its answer.
 */
final class UsageRowWriter extends StdSerializer<UsageRow> {
  private static final long serialVersionUID = 1;

  private static final SerializableString RX_BYTES = new SerializedString("rxBytes");
  private static final SerializableString RX_PACKETS = new SerializedString("rxPackets");
  private static final SerializableString TX_BYTES = new SerializedString("txBytes");
  private static final SerializableString TX_PACKETS = new SerializedString("txPackets");

  UsageRowWriter() {
    super(UsageRow.class);
  }

  @Override
  public void serialize(UsageRow row, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject(row);
    writeFields(row, out, provider);
    out.writeEndObject();
  }

  /** Into an object that is being written. */
  static void writeFields(UsageRow row, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    Fields fields = new Fields(out, provider);
    fields.write("kind", row.kind());
    fields.write("uid", row.uid());
    fields.write("name", row.name());
    fields.write("set", row.set());
    fields.write("tag", row.tag());
    fields.write("iface", row.iface());
    fields.write("network", row.network());
    fields.write("type", row.type());
    fields.write("metered", row.metered());
    fields.write("roaming", row.roaming());
    fields.write("default", row.defaultNetwork());
    fields.write("netns", row.netns());
    fields.write("day", row.day());
    fields.write("inner", row.inner());
    fields.write(row.traffic());
    fields.write("operations", row.operations());
  }

  private record Fields(JsonGenerator out, SerializerProvider provider) {
    void write(String name, Optional<?> value) throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeField(name, value.get(), out);
      }
    }

    void write(Traffic traffic) throws IOException {
      write(RX_BYTES, traffic.rxBytes());
      write(RX_PACKETS, traffic.rxPackets());
      write(TX_BYTES, traffic.txBytes());
      write(TX_PACKETS, traffic.txPackets());
    }

    private void write(SerializableString name, long value) throws IOException {
      out.writeFieldName(name);
      out.writeNumber(value);
    }
  }
}
