package org.uidnet.api.model;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;

/** Writes buckets as their record says, for the reason that {@link UsageRowWriter} has. */
final class UsageBucketWriter extends StdSerializer<UsageBucket> {
  private static final long serialVersionUID = 1;

  private static final SerializableString START = new SerializedString("start");
  private static final SerializableString END = new SerializedString("end");

  private final InstantWriter times;

  UsageBucketWriter(InstantWriter times) {
    super(UsageBucket.class);
    this.times = times;
  }

  @Override
  public void serialize(UsageBucket bucket, JsonGenerator out, SerializerProvider provider)
      throws IOException {
    out.writeStartObject(bucket);
    out.writeFieldName(START);
    times.serialize(bucket.start(), out, provider);
    out.writeFieldName(END);
    times.serialize(bucket.end(), out, provider);
    UsageRowWriter.writeFields(bucket.row(), out, provider);
    out.writeEndObject();
  }
}
