package org.uidnet.api.model;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.cfg.MutableCoercionConfig;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.uidnet.firewall.QuotaInfo;
import org.uidnet.programs.Datapath;
import org.uidnet.programs.DropId;
import org.uidnet.programs.Networks;
import org.uidnet.stats.Kind;
import org.uidnet.stats.Usage;

/** How uidnet writes and reads JSON. Mappers are thread-safe. */
public final class Json {
  /** Writes answers, and reads them as clients must: unknown fields are ignored. */
  public static final ObjectMapper LENIENT =
      builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Json() {}

  /**
   * Reads requests: unknown and repeated fields, wrong types, {@code null} within a list and
   * trailing text are errors.
   *
   * <p>Made where it is needed, so that commands do not pay for it.
   */
  public static ObjectMapper strict() {
    return builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
        .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
        .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
        .withCoercionConfig(LogicalType.Textual, Json::refuseOtherScalars)
        .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
        .build();
  }

  /** Numbers are no names. */
  private static void refuseOtherScalars(MutableCoercionConfig text) {
    text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Float, CoercionAction.Fail)
        .setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
  }

  private static JsonMapper.Builder builder() {
    return configured(JsonMapper.builder());
  }

  /** The same names and values in another format. */
  public static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configured(B builder) {
    return builder
        .addModules(new Jdk8Module(), new JavaTimeModule(), ownWriters())
        // Records are written by their components only: Traffic.isZero() is no field.
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(
                JsonInclude.Include.NON_ABSENT, JsonInclude.Include.NON_ABSENT));
  }

  private static SimpleModule ownWriters() {
    SimpleModule module = new SimpleModule("uidnet");
    InstantWriter times = new InstantWriter();
    module.addSerializer(Instant.class, times);
    module.addSerializer(UsageRow.class, new UsageRowWriter());
    module.addSerializer(UsageBucket.class, new UsageBucketWriter(times));
    addLowerCase(module, Kind.class, Optional.of(Kind.UNKNOWN));
    addLowerCase(module, Datapath.Backend.class, Optional.empty());
    addLowerCase(module, Networks.View.class, Optional.empty());
    addLowerCase(module, Health.State.class, Optional.empty());
    addLowerCase(module, TruthRow.Direction.class, Optional.empty());
    addLowerCase(module, DropId.Call.class, Optional.empty());
    addLowerCase(module, QuotaInfo.State.class, Optional.empty());
    addLowerCase(module, TracedPacket.Direction.class, Optional.empty());
    addLowerCase(module, Usage.WorkKind.class, Optional.empty());
    addLowerCase(module, TracedPacket.Verdict.class, Optional.empty());
    return module;
  }

  private static <E extends Enum<E>> void addLowerCase(
      SimpleModule module, Class<E> type, Optional<E> fallback) {
    module.addSerializer(type, new LowerCaseWriter<>(type));
    module.addDeserializer(type, new LowerCaseReader<>(type, fallback));
  }

  private static final class LowerCaseWriter<E extends Enum<E>> extends StdSerializer<E> {
    private static final long serialVersionUID = 1;

    LowerCaseWriter(Class<E> type) {
      super(type);
    }

    @Override
    public void serialize(E value, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(value.name().toLowerCase(Locale.ROOT));
    }
  }

  /**
   * A name that a newer server knows and we do not becomes {@code fallback}, where there is one.
   */
  private static final class LowerCaseReader<E extends Enum<E>> extends StdDeserializer<E> {
    private static final long serialVersionUID = 1;
    private final Class<E> type;
    private final transient Optional<E> fallback;

    LowerCaseReader(Class<E> type, Optional<E> fallback) {
      super(type);
      this.type = type;
      this.fallback = fallback;
    }

    @Override
    public E deserialize(JsonParser in, DeserializationContext context) throws IOException {
      String name = in.getText();
      for (E value : type.getEnumConstants()) {
        if (value.name().toLowerCase(Locale.ROOT).equals(name)) {
          return value;
        }
      }
      if (fallback.isPresent()) {
        return fallback.get();
      }
      throw context.weirdStringException(name, type, "unknown name");
    }
  }
}
