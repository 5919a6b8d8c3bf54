package org.uidnet.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Set;
import org.uidnet.api.model.Json;
import org.uidnet.api.model.UsageBucket;

/** How buckets are written to files, and read from them. */
enum ExportFormat {
  /** With a line of names, of all columns there are; what was not asked for is empty. */
  CSV("csv", "text/csv; charset=utf-8") {
    @Override
    ObjectWriter writer() {
      return Csv.MAPPER.writerFor(UsageBucket.class).with(Csv.COLUMNS);
    }

    @Override
    ObjectReader reader() {
      return Csv.MAPPER
          .readerFor(UsageBucket.class)
          .with(CsvSchema.emptySchema().withHeader())
          .with(CsvParser.Feature.EMPTY_STRING_AS_NULL);
    }

    @Override
    UsageBucket toFile(UsageBucket bucket) {
      return CsvText.guard(bucket);
    }

    @Override
    UsageBucket fromFile(UsageBucket bucket) {
      return CsvText.unguard(bucket);
    }
  },

  /** One JSON object a line, as in answers. */
  JSONL("jsonl", "application/x-ndjson") {
    @Override
    ObjectWriter writer() {
      return Json.LENIENT.writerFor(UsageBucket.class).withRootValueSeparator("\n");
    }

    @Override
    ObjectReader reader() {
      return Json.LENIENT.readerFor(UsageBucket.class);
    }
  };

  /** The parameter that asks for one. */
  static final String PARAMETER = "format";

  private final String extension;
  private final String contentType;

  ExportFormat(String extension, String contentType) {
    this.extension = extension;
    this.contentType = contentType;
  }

  abstract ObjectWriter writer();

  abstract ObjectReader reader();

  /** What the file says of it. */
  UsageBucket toFile(UsageBucket bucket) {
    return bucket;
  }

  UsageBucket fromFile(UsageBucket bucket) {
    return bucket;
  }

  static ExportFormat named(String text) {
    return UsageParameters.oneOf(
        PARAMETER, text, Set.copyOf(Arrays.asList(values())), ExportFormat::extension);
  }

  String extension() {
    return extension;
  }

  String contentType() {
    return contentType;
  }

  /** Leaves the stream open. */
  SequenceWriter open(OutputStream out) throws IOException {
    return writer().without(JsonGenerator.Feature.AUTO_CLOSE_TARGET).writeValues(out);
  }

  MappingIterator<UsageBucket> read(InputStream in) throws IOException {
    return reader().with(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES).readValues(in);
  }

  /** Made for the first file. */
  private static final class Csv {
    static final CsvSchema COLUMNS =
        CsvSchema.builder()
            .addColumn("start")
            .addColumn("end")
            .addColumn("kind")
            .addColumn("uid")
            .addColumn("name")
            .addColumn("set")
            .addColumn("tag")
            .addColumn("iface")
            .addColumn("network")
            .addColumn("type")
            .addColumn("metered")
            .addColumn("roaming")
            .addColumn("default")
            .addColumn("netns")
            .addColumn("day")
            .addColumn("inner")
            .addColumn("rxBytes")
            .addColumn("rxPackets")
            .addColumn("txBytes")
            .addColumn("txPackets")
            .addColumn("operations")
            .setUseHeader(true)
            .build();

    static final ObjectMapper MAPPER =
        Json.configured(CsvMapper.builder())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();
  }
}
