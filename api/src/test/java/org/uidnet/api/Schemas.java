package org.uidnet.api;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.FieldScope;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaBuilder;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfig;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.uidnet.api.model.Json;

/** JSON schemas of the records that requests and answers are made of. */
final class Schemas {
  private static final String PLACE = "components/schemas";
  private static final Set<String> UIDS =
      Set.of("uid", "uids", "chargeUid", "owner", "deniedUids", "stale");
  private static final Set<Class<?>> NUMBERS = Set.of(long.class, Long.class);
  private static final long LAST_UID = 4294967294L;

  private final SchemaBuilder builder =
      new SchemaGenerator(config()).buildMultipleSchemaDefinitions();

  /** Of what is taken, by the schema's name: fields that must be there. */
  private final Map<String, List<String>> requests = new TreeMap<>();

  /** A reference to the schema of a record. */
  ObjectNode of(Class<?> type) {
    return builder.createSchemaReference(type);
  }

  /** The same of what is taken: without further fields, and with those that must be there. */
  ObjectNode ofRequest(Class<?> type, List<String> required) {
    requests.merge(name(type), required, (some, others) -> some.isEmpty() ? others : some);
    return of(type);
  }

  /** All that were referred to; to be called last. */
  ObjectNode all() {
    ObjectNode all = builder.collectDefinitions(PLACE);
    Set<String> names = new TreeSet<>();
    all.fieldNames().forEachRemaining(names::add);
    ObjectNode sorted = all.objectNode();
    names.forEach(name -> sorted.set(name, merged(all.get(name), all)));
    requests.forEach(
        (name, required) -> {
          close(name, sorted);
          required.forEach(((ObjectNode) sorted.get(name)).withArray("required")::add);
        });
    return sorted;
  }

  /** Neither it nor what is in it takes further fields. */
  private static void close(String name, ObjectNode all) {
    ObjectNode schema = (ObjectNode) all.get(name);
    if (schema.has("properties") && !schema.has("additionalProperties")) {
      schema.put("additionalProperties", false);
      schema.findValuesAsText("$ref").forEach(reference -> close(last(reference), all));
    }
  }

  private static String last(String reference) {
    return reference.substring(reference.lastIndexOf('/') + 1);
  }

  /** What {@code @JsonUnwrapped} makes, as one object. */
  private static JsonNode merged(JsonNode schema, ObjectNode all) {
    JsonNode parts = schema.path("allOf");
    if (parts.isMissingNode()) {
      return schema;
    }
    ObjectNode merged = all.objectNode().put("type", "object");
    ObjectNode properties = merged.putObject("properties");
    Set<String> required = new LinkedHashSet<>();
    add(schema, properties, required);
    parts.forEach(part -> add(merged(resolved(part, all), all), properties, required));
    if (!required.isEmpty()) {
      required.forEach(merged.putArray("required")::add);
    }
    if (schema.has("description")) {
      merged.set("description", schema.get("description"));
    }
    return merged;
  }

  private static void add(JsonNode schema, ObjectNode properties, Set<String> required) {
    schema.path("properties").properties().forEach(e -> properties.set(e.getKey(), e.getValue()));
    schema.path("required").forEach(name -> required.add(name.asText()));
  }

  private static JsonNode resolved(JsonNode part, ObjectNode all) {
    String reference = part.path("$ref").asText("");
    return reference.isEmpty() ? part : all.get(last(reference));
  }

  private static SchemaGeneratorConfig config() {
    var config =
        new SchemaGeneratorConfigBuilder(
                Json.LENIENT, SchemaVersion.DRAFT_2020_12, OptionPreset.PLAIN_JSON)
            .with(new JacksonModule(JacksonOption.RESPECT_JSONPROPERTY_ORDER))
            .with(
                Option.DEFINITIONS_FOR_ALL_OBJECTS,
                Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES,
                Option.EXTRA_OPEN_API_FORMAT_VALUES)
            .without(Option.SCHEMA_VERSION_INDICATOR, Option.FLATTENED_OPTIONALS);
    config
        .forTypesInGeneral()
        .withPropertySorter((one, other) -> 0)
        .withCustomDefinitionProvider(Schemas::custom)
        .withDefinitionNamingStrategy((key, context) -> name(key.getType().getErasedType()))
        .withDescriptionResolver(scope -> doc(scope.getType().getErasedType()));
    config
        .forFields()
        .withTargetTypeOverridesResolver(Schemas::content)
        .withRequiredCheck(field -> !isOptional(field.getDeclaredType()))
        .withNumberInclusiveMinimumResolver(field -> isUid(field) ? BigDecimal.ZERO : null)
        .withNumberInclusiveMaximumResolver(
            field -> isUid(field) ? BigDecimal.valueOf(LAST_UID) : null)
        .withDescriptionResolver(Schemas::doc);
    return config.build();
  }

  /** Records in records have both names: {@code StatusPoll}. */
  private static String name(Class<?> type) {
    Class<?> outer = type.getDeclaringClass();
    return (outer == null ? "" : name(outer)) + type.getSimpleName();
  }

  private static String doc(Class<?> type) {
    return type.isRecord() ? RecordDocs.of(type).orElse(null) : null;
  }

  private static String doc(FieldScope field) {
    Class<?> owner = field.getMember().getDeclaringType().getErasedType();
    return field.isFakeContainerItemScope()
        ? null // said of the list
        : RecordDocs.of(owner, field.getDeclaredName()).orElse(null);
  }

  private static boolean isUid(FieldScope field) {
    return UIDS.contains(field.getDeclaredName())
        && NUMBERS.contains(field.getType().getErasedType());
  }

  private static boolean isOptional(ResolvedType type) {
    return type.getErasedType() == Optional.class || type.getErasedType() == OptionalLong.class;
  }

  /** What may be absent is what it is when it is there. */
  private static List<ResolvedType> content(FieldScope field) {
    ResolvedType type = field.getType();
    if (type == null || !isOptional(type)) {
      return null;
    }
    return type.getErasedType() == OptionalLong.class
        ? List.of(field.getContext().resolve(Long.class))
        : List.of(type.getTypeParameters().get(0));
  }

  /** What Jackson makes of it is what it is. */
  private static CustomDefinition custom(ResolvedType type, SchemaGenerationContext context) {
    Class<?> erased = type.getErasedType();
    ObjectNode schema = new ObjectMapper().createObjectNode();
    if (erased.isEnum()) {
      ArrayNode values = schema.put("type", "string").putArray("enum");
      Arrays.stream(erased.getEnumConstants())
          .map(value -> Json.LENIENT.convertValue(value, String.class))
          .forEach(values::add);
    } else if (erased == Instant.class) {
      schema.put("type", "string").put("format", "date-time");
    } else if (erased != JsonNode.class) {
      return null;
    }
    return new CustomDefinition(schema, true);
  }
}
