package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.util.NameTransformer;
import java.io.IOException;
import java.util.Optional;
import org.uidnet.programs.Traffic;

/**
 * Writes rows as their record says. A history has thousands of them, most of whose components are
 * absent; having Jackson look into each was half of the time of its answer.
 */
final class UsageRowWriter extends StdSerializer<UsageRow> {
  private static final long serialVersionUID = 1;

  /** Whether rows are part of an object that somebody else begins and ends. */
  private final boolean unwrapped;

  UsageRowWriter() {
    this(false);
  }

  private UsageRowWriter(boolean unwrapped) {
    super(UsageRow.class);
    this.unwrapped = unwrapped;
  }

  @Override
  public JsonSerializer<UsageRow> unwrappingSerializer(NameTransformer names) {
    return new UsageRowWriter(true);
  }

  @Override
  public boolean isUnwrappingSerializer() {
    return unwrapped;
  }

  @Override
  public void serialize(UsageRow row, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    if (unwrapped) {
      writeFields(row, new Fields(out, provider));
    } else {
      out.writeStartObject(row);
      writeFields(row, new Fields(out, provider));
      out.writeEndObject();
    }
  }

  private static void writeFields(UsageRow row, Fields fields) throws IOException {
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

  /** Of an object that is being written. */
  private record Fields(JsonGenerator out, SerializerProvider provider) {
    void write(String name, Optional<?> value) throws IOException {
      if (value.isPresent()) {
        provider.defaultSerializeField(name, value.get(), out);
      }
    }

    void write(Traffic traffic) throws IOException {
      out.writeNumberField("rxBytes", traffic.rxBytes());
      out.writeNumberField("rxPackets", traffic.rxPackets());
      out.writeNumberField("txBytes", traffic.txBytes());
      out.writeNumberField("txPackets", traffic.txPackets());
    }
  }
}
